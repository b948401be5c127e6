namespace TandemFetch.Sandbox.Pump;

internal enum ClockActionKind
{
    /// <summary>Set hours to the local time of where the owner is.</summary>
    Local,

    /// <summary>Only minutes and seconds are set right.</summary>
    Drift,

    /// <summary>As <see cref="Local"/>, but the owner forgets the date.</summary>
    LocalWithoutDate,

    /// <summary>The forgotten date is put right.</summary>
    DateAlone,

    /// <summary>The clock falls back to its manufacture value.</summary>
    Reset,

    /// <summary>Date and time are set, with a wrong date.</summary>
    WrongDate,

    /// <summary>The battery runs empty.</summary>
    EmptyBattery,
}
