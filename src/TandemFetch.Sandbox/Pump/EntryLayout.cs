using System.Text.Json;

namespace TandemFetch.Sandbox.Pump;

/// <summary>The code of an entry and its properties, in the order in which the server writes them.</summary>
internal sealed class EntryLayout
{
    public EntryLayout(byte index, int code, string properties)
    {
        Index = index;
        Code = code;
        var parts = properties.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Names = new JsonEncodedText[parts.Length];
        Kinds = new PropertyKind[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var (name, kind) = parts[i].Split(':') is [var n, var k] ? (n, k) : (parts[i], "s");
            Names[i] = JsonEncodedText.Encode(name);
            Kinds[i] = kind switch
            {
                "u" => PropertyKind.Unsigned,
                "f" => PropertyKind.Single,
                "b" => PropertyKind.Bits,
                _ => PropertyKind.Signed,
            };
        }
    }

    public byte Index { get; }

    public int Code { get; }

    public JsonEncodedText[] Names { get; }

    public PropertyKind[] Kinds { get; }
}
