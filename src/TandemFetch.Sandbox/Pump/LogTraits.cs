namespace TandemFetch.Sandbox.Pump;

/// <summary>What real pumps write and a tidy log would lack; each trait can be switched off.</summary>
[Flags]
public enum LogTraits
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>
    /// Scheduled sleeps have the actions 1 and 2 like manual ones; only <c>sleepStartedByGui</c> distinguishes them.
    /// </summary>
    ScheduledSleepActions = 1 << 0,

    /// <summary>Now and then the same live reading is logged twice.</summary>
    RepeatedReadings = 1 << 1,

    /// <summary>A rate of 127 or −128 where a Dexcom sensor has no trend, such as after a gap.</summary>
    MissingTrends = 1 << 2,

    /// <summary>A Libre 3 is read once a minute; without this, every five minutes like the others.</summary>
    MinuteReadings = 1 << 3,

    /// <summary>Alarms and alerts are acknowledged: codes 8 and 27.</summary>
    Acknowledgements = 1 << 4,

    /// <summary>A personal profile is renamed now and then: codes 69 and 57.</summary>
    ProfileActions = 1 << 5,

    /// <summary>Some sensors end without an entry that says so.</summary>
    MissingStops = 1 << 6,

    /// <summary>The pump joins a G7 again after each restart and logs it again.</summary>
    RepeatedJoins = 1 << 7,

    /// <summary>Two G7 in a row with the same session signature.</summary>
    RepeatedSignatures = 1 << 8,

    /// <summary>All of them.</summary>
    All = (1 << 9) - 1,
}
