using Dapper;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>From <c>events</c> into the domain tables: every table is brought up to date where events changed, and nowhere else.</summary>
internal sealed class DeriveStage(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    // Deriving has some 60 statements, which take a tenth of a second even for one event. A late entry of a few days, of which a long fetch has
    // many, waits until no more comes, so that the stretches that keep both cores busy go first.
    private const long ShortStretch = 10_000;

    // As long take the statements for a month of events: what changed within as much is derived with what lies between.
    private const long NearStretches = 100_000;

    private static readonly string Shift = SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.shift_rows.sql");

    /// <summary>The rules of this version, by the key under which the file notes which rules wrote it.</summary>
    public static IEnumerable<(string Stage, string Version)> Versions(KnownPump pump) =>
        Derivation.All.Select(derivation => (VersionKey(derivation, pump.DeviceAssignmentId), Version(derivation, pump)));

    /// <summary>Marks what is to be derived again.</summary>
    public void Prepare(KnownPump pump, bool rebuild)
    {
        var device = pump.DeviceAssignmentId;
        if (!rebuild && !StageVersions.Exist(database, Derivation.All.Select(derivation => VersionKey(derivation, device))))
        {
            // Nothing was derived yet, so whatever was parsed is still marked as underived.
            SetVersions(pump);
        }
        else if (rebuild || !IsCurrent(pump))
        {
            MarkAll(pump);
        }
    }

    /// <summary>Derives what changed of one pump, and what is parsed meanwhile.</summary>
    /// <param name="pump">The pump.</param>
    /// <param name="parsed">Tells when more is parsed.</param>
    /// <param name="cancellationToken">Stops after what is committed.</param>
    public async Task<StageCount> RunAsync(KnownPump pump, StageSignal parsed, CancellationToken cancellationToken)
    {
        var device = pump.DeviceAssignmentId;
        var progress = new StageProgress(observer, time, $"Derive pump {pump.Label}");
        var count = default(StageCount);

        // DuckDB reckons without the rows of the running transaction, takes the tables for tiny and would compare each row with each.
        database.Execute("SET asof_loop_join_threshold = 0");

        // In whose days all statements note what they change in changed_days, for daily_totals, which runs after them.
        database.Execute("SET VARIABLE zone = (SELECT time_zone FROM pumps WHERE device_assignment_id = $device)", new { device });
        do
        {
            DeriveAll(ShortStretch);
        }
        while (await parsed.WaitAsync(cancellationToken).ConfigureAwait(false));

        DeriveAll(0);
        observer.Verbose($"Pump {pump.Label}: {count.Out:N0} rows derived from {count.In:N0} events.");
        return count;

        void DeriveAll(long leastPlaces)
        {
            while (DeriveNext(device, leastPlaces, progress, cancellationToken) is { } derived)
            {
                count += derived;
                progress.Advance(1, $"{count.In:N0} events, {count.Out:N0} rows");
            }
        }
    }

    /// <summary>Derives the first of the stretches that changed; null when there is none.</summary>
    private StageCount? DeriveNext(string device, long leastPlaces, StageProgress progress, CancellationToken cancellationToken)
    {
        StageCount? count = null;
        database.InTransaction(() =>
        {
            // Rows of events that moved must move before they are derived from, or they would move twice.
            ShiftRows(device);
            if (Pending(device, leastPlaces) is [var stretch, .. var others])
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Expect(1 + others.Count);
                count = Derive(device, stretch, cancellationToken);
            }
        });
        return count;
    }

    /// <summary>Brings all tables up to date where a stretch of the log changed.</summary>
    private StageCount Derive(string device, Stretch stretch, CancellationToken cancellationToken)
    {
        var all = Parameters(device, stretch.All);
        var therapy = stretch.Therapy is { } part ? Parameters(device, part) : null;
        var rows = 0L;

        var hasTherapy = false;
        if (therapy is not null)
        {
            var before = Count(Derivation.TherapyEntries, therapy);
            rows = Run(Derivation.All[0], therapy);
            hasTherapy = before + rows > 0;
        }

        foreach (var derivation in Derivation.All.Skip(1).Where(derivation => hasTherapy || !derivation.IsOfTherapy))
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows += Run(derivation, derivation.IsOfTherapy ? therapy! : all);
        }

        database.Execute(
            "DELETE FROM underived_ranges WHERE device_assignment_id = $device AND first_position >= $first AND last_position <= $last", all);
        return new StageCount(Count("events", all), rows);
    }

    /// <summary>Brings a table up to date.</summary>
    /// <returns>How many rows of the stretch it has.</returns>
    private long Run(Derivation derivation, DynamicParameters stretch)
    {
        database.Execute(derivation.Sql, stretch);
        return derivation.IsByDay ? 0 : Count(derivation.Table, stretch);
    }

    private long Count(string table, DynamicParameters stretch) => database.Scalar<long>(
        $"SELECT count(*) FROM {table} WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last", stretch);

    /// <summary>A pump and a stretch of its log. Of an object's properties Dapper would make and compile a method anew for each statement.</summary>
    private static DynamicParameters Parameters(string device, (long First, long Last) range)
    {
        var parameters = new DynamicParameters();
        parameters.Add("device", device);
        parameters.Add("first", range.First);
        parameters.Add("last", range.Last);
        return parameters;
    }

    /// <summary>Moves the rows of stretches whose events were put on another time as a whole.</summary>
    private void ShiftRows(string device)
    {
        var ranges = database.Query<Retimed>(
            "SELECT first_position, last_position, shift_us FROM retimed_ranges WHERE device_assignment_id = $device", new { device });
        foreach (var range in ranges)
        {
            database.Execute(Shift, new { device, first = range.FirstPosition, last = range.LastPosition, shift = range.ShiftUs });
        }

        if (ranges.Count > 0)
        {
            database.Execute("DELETE FROM retimed_ranges WHERE device_assignment_id = $device", new { device });
        }
    }

    /// <summary>
    /// The stretches that changed, of so many places of the log at least. Those that overlap are one, so that no table is derived twice over
    /// the same events, and so are short ones near each other; the others stay apart, which keeps the memory of a long rebuild flat.
    /// </summary>
    private List<Stretch> Pending(string device, long leastPlaces)
    {
        var ranges = database.Query<Range>(
            "SELECT first_position, last_position, has_therapy FROM underived_ranges WHERE device_assignment_id = $device", new { device });
        var stretches = new List<(long First, long Last)>();
        foreach (var stretch in PositionRanges.Merge(ranges.Select(range => (range.FirstPosition, range.LastPosition)), 0))
        {
            if (stretches.Count > 0 && stretch.Last - stretches[^1].First <= NearStretches)
            {
                stretches[^1] = stretches[^1] with { Last = stretch.Last };
            }
            else
            {
                stretches.Add(stretch);
            }
        }

        return [.. stretches.Where(stretch => stretch.Last - stretch.First >= leastPlaces).Select(stretch => new Stretch(stretch, Therapy(stretch)))];

        (long First, long Last)? Therapy((long First, long Last) stretch)
        {
            var parts = ranges.Where(range => range.HasTherapy && range.FirstPosition >= stretch.First && range.LastPosition <= stretch.Last).ToList();
            return parts.Count == 0 ? null : (parts.Min(part => part.FirstPosition), parts.Max(part => part.LastPosition));
        }
    }

    /// <summary>Empties the domain tables of one pump and marks its whole log, in stretches of a size that fits into memory.</summary>
    private void MarkAll(KnownPump pump) => database.InTransaction(() =>
    {
        var device = pump.DeviceAssignmentId;
        foreach (var derivation in Derivation.All)
        {
            database.Execute($"DELETE FROM {derivation.Table} WHERE device_assignment_id = $device", new { device });
        }

        // What is no reading goes with the readings that it refers to.
        database.Execute("DELETE FROM cgm_omissions WHERE device_assignment_id = $device", new { device });
        SetVersions(pump);
        database.Execute("DELETE FROM underived_ranges WHERE device_assignment_id = $device", new { device });
        database.Execute("DELETE FROM retimed_ranges WHERE device_assignment_id = $device", new { device });
        database.Execute(
            SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.mark_log.sql"), new { device, first = 0L, last = long.MaxValue });
    });

    private bool IsCurrent(KnownPump pump) => Derivation.All.All(derivation =>
        StageVersions.IsCurrent(database, VersionKey(derivation, pump.DeviceAssignmentId), Version(derivation, pump)));

    private void SetVersions(KnownPump pump)
    {
        foreach (var derivation in Derivation.All)
        {
            StageVersions.Set(database, VersionKey(derivation, pump.DeviceAssignmentId), Version(derivation, pump));
        }
    }

    private static string VersionKey(Derivation derivation, string device) => $"{derivation.Table} {device}";

    /// <summary>The days of the totals are those of the pump's zone: another zone makes other rows.</summary>
    private static string Version(Derivation derivation, KnownPump pump) =>
        derivation.IsByDay ? $"{derivation.Fingerprint} {pump.TimeZone}" : derivation.Fingerprint;

    private sealed record Retimed(long FirstPosition, long LastPosition, long ShiftUs);

    private sealed record Range(long FirstPosition, long LastPosition, bool HasTherapy);

    /// <summary>Places of the log from which readings and deliveries are derived, and the part of them from which everything is.</summary>
    private sealed record Stretch((long First, long Last) All, (long First, long Last)? Therapy);
}
