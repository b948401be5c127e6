namespace TandemFetch.Records;

/// <summary>What <c>Publish-TandemNightscout</c> sends.</summary>
public enum NightscoutContent
{
    /// <summary>Readings of the glucose sensor, and finger sticks.</summary>
    Glucose,

    /// <summary>Boluses, and carbohydrates without insulin.</summary>
    Bolus,

    /// <summary>Basal rates.</summary>
    Basal,

    /// <summary>Cartridges, tubings and cannulas.</summary>
    SiteChange,

    /// <summary>Starts and stops of the glucose sensor.</summary>
    Sensor,

    /// <summary>Sleep, exercise and eating soon.</summary>
    Mode,

    /// <summary>Suspensions of all insulin.</summary>
    Suspension,

    /// <summary>Alerts and alarms.</summary>
    Alert,

    /// <summary>Charge of the pump's battery.</summary>
    Battery,

    /// <summary>Personal profiles.</summary>
    Profile,
}
