namespace TandemFetch.Sandbox.Pump;

/// <summary>How a stored 32-bit value appears in <c>eventProperties</c>.</summary>
internal enum PropertyKind : byte
{
    Signed,
    Unsigned,

    /// <summary>The bits of a single-precision number.</summary>
    Single,

    /// <summary>A bitmask, written as the array of its set bit indices.</summary>
    Bits,
}
