namespace TandemFetch.Engine.Tests;

public sealed class SentenceTests
{
    [Theory]
    [InlineData("No space left on device : '/data'", "No space left on device : '/data'.")]
    [InlineData("Access to the path '/data' is denied.", "Access to the path '/data' is denied.")]
    [InlineData("IO Error: Could not write\nmore of it", "IO Error: Could not write.")]
    [InlineData("Is this a database?", "Is this a database?")]
    public void A_message_of_others_ends_like_a_sentence(string message, string sentence) =>
        Assert.Equal(sentence, Sentence.Of(new IOException(message)));
}
