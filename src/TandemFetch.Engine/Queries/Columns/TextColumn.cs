using System.Text;

namespace TandemFetch.Engine.Queries.Columns;

/// <summary>Text, JSON included.</summary>
internal sealed class TextColumn : QueryColumn<string?>
{
    private string _last = "";

    /// <inheritdoc/>
    public override string? Read(long row)
    {
        if (IsNull(row))
        {
            return null;
        }

        var utf8 = Vector.Bytes(row);

        // Labels and serial numbers repeat in successive rows; one string serves them all.
        if (utf8.Length != _last.Length || !IsLast(utf8))
        {
            _last = Encoding.UTF8.GetString(utf8);
        }

        return _last;
    }

    private bool IsLast(ReadOnlySpan<byte> utf8)
    {
        for (var index = 0; index < utf8.Length; index++)
        {
            if (utf8[index] != _last[index] || utf8[index] > 127)
            {
                return false;
            }
        }

        return true;
    }
}
