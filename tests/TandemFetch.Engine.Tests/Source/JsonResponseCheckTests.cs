using System.Text;
using TandemFetch.Engine.Source;

namespace TandemFetch.Engine.Tests.Source;

public sealed class JsonResponseCheckTests
{
    private static readonly byte[] Page = MakePage();

    [Fact]
    public void A_whole_page_holds_in_whatever_pieces_it_comes()
    {
        var random = new Random(1);
        for (var i = 0; i < 20; i++)
        {
            Feed(Page, random);
        }
    }

    [Fact]
    public void A_page_cut_anywhere_is_refused()
    {
        var random = new Random(2);
        for (var i = 0; i < 300; i++)
        {
            var cut = Page.AsSpan(0, random.Next(Page.Length)).ToArray();

            var problem = Assert.Throws<TransientFailure>(() => Feed(cut, random));
            Assert.Equal(FailureReason.Malformed, problem.Reason);
        }
    }

    [Fact]
    public void A_page_with_one_bracket_or_quote_spoilt_is_refused()
    {
        var random = new Random(3);
        var marks = Enumerable.Range(0, Page.Length).Where(at => "{}[]:".Contains((char)Page[at])).ToArray();
        for (var i = 0; i < 300; i++)
        {
            var spoilt = Page.ToArray();
            spoilt[marks[random.Next(marks.Length)]] = (byte)'?';

            Assert.Throws<TransientFailure>(() => Feed(spoilt, random));
        }
    }

    private static void Feed(byte[] body, Random random)
    {
        var check = new JsonResponseCheck("example.com", "events");
        for (var length = 0; length < body.Length; length += random.Next(1, 200_000))
        {
            check.Look(body.AsSpan(0, length), isComplete: false);
        }

        check.Look(body, isComplete: true);
    }

    private static byte[] MakePage()
    {
        var text = new StringBuilder("""{"clockChanges":[{"a":{"events":3}}],"events":[""");
        for (var i = 0; i < 8_000; i++)
        {
            text.Append(i == 0 ? string.Empty : ",").Append("""{"sequenceNumber":123456,"eventProperties":{"rate":[0,5,6],"x":1200}}""");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }
}
