namespace TandemFetch.Sandbox.Pump;

internal enum ClockActionKind
{
    /// <summary>Set hours to the local time of where the owner is.</summary>
    Local,

    /// <summary>Only minutes and seconds are corrected.</summary>
    Drift,

    /// <summary>As <see cref="Local"/>, but the owner forgets the date.</summary>
    LocalWithoutDate,

    /// <summary>The forgotten date is corrected.</summary>
    DateAlone,

    /// <summary>The clock is reset to its manufacturing value.</summary>
    Reset,

    /// <summary>Date and time are set, with a wrong date.</summary>
    WrongDate,

    /// <summary>The battery runs empty.</summary>
    EmptyBattery,
}
