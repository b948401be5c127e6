namespace TandemFetch.Engine.OwnTables;

/// <summary>What a column of a user's table contains.</summary>
internal enum ColumnKind
{
    /// <summary>Nothing yet.</summary>
    Unknown,

    /// <summary>Text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Whole numbers.</summary>
    Whole,

    /// <summary>Exact numbers with decimal places.</summary>
    Exact,

    /// <summary>Floating-point numbers.</summary>
    Real,

    /// <summary>Days.</summary>
    Date,

    /// <summary>Times of day.</summary>
    TimeOfDay,

    /// <summary>Times without a zone.</summary>
    WallClock,

    /// <summary>Times that are the same everywhere.</summary>
    Moment,

    /// <summary>Durations.</summary>
    Duration,
}
