using Dapper;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// From <c>events</c> into the domain tables: every table is brought up to date where events changed, and nowhere else.
/// </summary>
internal sealed class DeriveStage(TandemDatabase database, IRunObserver observer, TimeProvider time)
{
    // Deriving has some 60 statements, which take a tenth of a second even for one event. A late entry of a few days,
    // of which a long fetch has many, waits until no more comes, so that the stretches that keep both cores busy go
    // first.
    private const long ShortStretch = 10_000;

    // As long take the statements for a month of events: what changed within as much is derived with what lies between.
    private const long NearStretches = 100_000;

    private static readonly string MarkLog =
        SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.mark_log.sql");

    private bool _hasMacros;

    /// <summary>The rules of this version.</summary>
    public static IEnumerable<StageVersion> Versions(PumpRow pump) =>
        DomainTables.Derived.Select(table => Version(table, pump));

    /// <summary>
    /// Marks what is to be derived again: tables whose rules are others than those that wrote them, and tables that
    /// somebody else deleted rows from or added rows to.
    /// </summary>
    public void Prepare(PumpRow pump, bool rebuild)
    {
        MarkChanged();
        var stored = StageVersions.Read(database);
        var known = DomainTables.Derived.Where(table => stored.ContainsKey(Version(table, pump).Stage)).ToList();
        var outdated = DomainTables.Derived
            .Where(table => stored.GetValueOrDefault(Version(table, pump).Stage) != Version(table, pump).Version)
            .ToList();
        if (!rebuild && known.Count == 0)
        {
            // Nothing was derived yet, so whatever was parsed is still marked as underived.
            SetVersions(pump, DomainTables.Derived);
        }
        else if (rebuild || outdated.Count == DomainTables.Derived.Count)
        {
            MarkAll(pump);
        }
        else if (outdated.Count > 0)
        {
            Mark([pump], outdated);
        }
    }

    /// <summary>Which pump the rows were of is not known, so the whole tables are marked.</summary>
    private void MarkChanged()
    {
        var changed = TableRows.Changed(database, DomainTables.Derived);
        if (changed.Count > 0)
        {
            observer.Warning(
                $"Rows of {string.Join(", ", changed.Select(table => table.Name))} were deleted or added by another "
                + "program. These tables are derived again.");
            Mark(new PumpStore(database).All(), changed);
        }
    }

    /// <summary>Derives what changed of one pump, and what is parsed meanwhile.</summary>
    /// <param name="pump">The pump.</param>
    /// <param name="parsed">Tells when more is parsed.</param>
    /// <param name="cancellationToken">Stops after what is committed.</param>
    public async Task<StageCount> RunAsync(PumpRow pump, WorkSignal parsed, CancellationToken cancellationToken)
    {
        var progress = new StageProgress(observer, time, $"Derive pump {pump.Label}");
        var count = default(StageCount);

        // DuckDB reckons without the rows of the running transaction, takes the tables for tiny and would compare each row with each.
        database.Execute("SET asof_loop_join_threshold = 0");
        do
        {
            DeriveAll(ShortStretch);
        }
        while (await parsed.WaitAsync(cancellationToken).ConfigureAwait(false));

        DeriveAll(0);
        database.InTransaction(() => AddUpChangedDays(pump));
        observer.Verbose($"Pump {pump.Label}: {count.Out:N0} rows derived from {count.In:N0} events.");
        return count;

        void DeriveAll(long leastPlaces)
        {
            while (DeriveNext(pump, leastPlaces, progress, cancellationToken) is { } derived)
            {
                count += derived;
                progress.Advance(1, $"{count.In:N0} events, {count.Out:N0} rows");
            }
        }
    }

    /// <summary>Derives the first of the stretches that changed; null when there is none.</summary>
    private StageCount? DeriveNext(
        PumpRow pump, long leastPlaces, StageProgress progress, CancellationToken cancellationToken)
    {
        StageCount? count = null;
        database.InTransaction(() =>
        {
            // Rows of events that moved must move before they are derived from, or they would move twice.
            MoveRows(pump);
            if (Pending(pump.DeviceAssignmentId, leastPlaces) is [var stretch, .. var others])
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Expect(1 + others.Count);
                count = Derive(pump, stretch, cancellationToken);
                TableRows.Save(database, DomainTables.Derived);
            }
        });
        return count;
    }

    /// <summary>Brings all tables up to date where a stretch of the log changed.</summary>
    private StageCount Derive(PumpRow pump, DerivedStretch stretch, CancellationToken cancellationToken)
    {
        var all = Parameters(pump, (stretch.First, stretch.Last));
        var derived = new List<(TableDefinition Table, (long First, long Last) Part)>();

        // Where there are no rare entries, and were none, tables of them have nothing to change.
        var hasTherapy = HasTherapyEntries(all);
        foreach (var table in DomainTables.Derived)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = stretch.PartOf(table.Name);
            if (table.IsByDay)
            {
                Run(table, Parameters(pump, part ?? DerivedStretch.Empty));
            }
            else if (part is { } places && (hasTherapy || table.Source != TableSource.TherapyEntries))
            {
                Run(table, Parameters(pump, places));
                derived.Add((table, places));
                hasTherapy = hasTherapy || (table == DomainTables.TherapyEntries && HasTherapyEntries(all));
            }
        }

        database.Execute(
            "DELETE FROM bookkeeping.underived_ranges "
            + "WHERE device_assignment_id = $device AND first_position >= $first AND last_position <= $last",
            all);
        return new StageCount(Count([("events", (stretch.First, stretch.Last))], all), Count(derived, all));
    }

    /// <summary>
    /// Adds up days that changed where no stretch of the log did, because all of it was put on another time.
    /// </summary>
    private void AddUpChangedDays(PumpRow pump)
    {
        var changed = database.Scalar<bool>(
            "SELECT EXISTS (FROM bookkeeping.changed_days WHERE device_assignment_id = $DeviceAssignmentId)", pump);
        if (!changed)
        {
            return;
        }

        foreach (var table in DomainTables.Derived.Where(table => table.IsByDay))
        {
            Run(table, Parameters(pump, DerivedStretch.Empty));
        }

        TableRows.Save(database, DomainTables.Derived);
    }

    private void Run(TableDefinition table, DynamicParameters parameters)
    {
        EnsureMacros();
        database.Execute(table.Derivation, parameters);
    }

    /// <summary>Macros are those of the connection, and made once something needs them.</summary>
    private void EnsureMacros()
    {
        if (!_hasMacros)
        {
            database.Execute(TableMacros.Script);
            _hasMacros = true;
        }
    }

    private bool HasTherapyEntries(DynamicParameters stretch) => database.Scalar<bool>(
        "SELECT EXISTS (FROM bookkeeping.therapy_entries "
        + "WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last)",
        stretch);

    private long Count(
        IEnumerable<(TableDefinition Table, (long First, long Last) Part)> tables, DynamicParameters parameters) =>
        Count([.. tables.Select(table => (table.Table.Name, table.Part))], parameters);

    /// <summary>The rows that tables have of a stretch.</summary>
    private long Count(
        IReadOnlyCollection<(string Name, (long First, long Last) Part)> tables, DynamicParameters parameters) =>
        tables.Count == 0
            ? 0
            : database.Scalar<long>(
                "SELECT " + string.Join(" + ", tables.Select(table =>
                    $"(SELECT count(*) FROM {table.Name} WHERE device_assignment_id = $device "
                    + $"AND log_position BETWEEN {table.Part.First} AND {table.Part.Last})")),
                parameters);

    /// <summary>
    /// A pump and a stretch of its log. Of an object's properties Dapper would make and compile a method for each
    /// statement.
    /// </summary>
    private static DynamicParameters Parameters(PumpRow pump, (long First, long Last) range)
    {
        var parameters = new DynamicParameters();
        parameters.Add("device", pump.DeviceAssignmentId);
        parameters.Add("zone", pump.TimeZone);
        parameters.Add("first", range.First);
        parameters.Add("last", range.Last);
        return parameters;
    }

    /// <summary>Moves the rows of stretches whose events were put on another time as a whole.</summary>
    private void MoveRows(PumpRow pump)
    {
        var device = pump.DeviceAssignmentId;
        var ranges = database.Query<Retimed>(
            "SELECT first_position, last_position, shift_us FROM bookkeeping.retimed_ranges WHERE device_assignment_id = $device",
            new { device });
        foreach (var range in ranges)
        {
            EnsureMacros();
            var parameters = Parameters(pump, (range.FirstPosition, range.LastPosition));
            parameters.Add("shift", range.ShiftUs);
            database.Execute(MovingRows.Script, parameters);
        }

        if (ranges.Count > 0)
        {
            database.Execute("DELETE FROM bookkeeping.retimed_ranges WHERE device_assignment_id = $device", new { device });
        }
    }

    /// <summary>
    /// The stretches that changed, of so many places of the log at least. Those that overlap are one, so that no table
    /// is derived twice over the same events, and so are short ones near each other; the others stay apart, which keeps
    /// the memory of a long rebuild flat.
    /// </summary>
    private List<DerivedStretch> Pending(string device, long leastPlaces)
    {
        var marks = database.Query<DerivedStretch.Mark>(
            "SELECT first_position, last_position, table_name FROM bookkeeping.underived_ranges "
            + "WHERE device_assignment_id = $device",
            new { device });
        var stretches = new List<(long First, long Last)>();
        foreach (var stretch in PositionRanges.Merge(marks.Select(mark => (mark.FirstPosition, mark.LastPosition)), 0))
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

        return
        [
            .. stretches.Where(stretch => stretch.Last - stretch.First >= leastPlaces)
                .Select(stretch => new DerivedStretch(stretch.First, stretch.Last, [.. marks.Where(mark =>
                    mark.FirstPosition >= stretch.First && mark.LastPosition <= stretch.Last)])),
        ];
    }

    /// <summary>Empties tables of pumps and marks their whole logs for them, and for no other table.</summary>
    private void Mark(IReadOnlyList<PumpRow> pumps, IReadOnlyList<TableDefinition> tables) =>
        database.InTransaction(() =>
        {
            foreach (var pump in pumps)
            {
                foreach (var table in tables)
                {
                    Mark(pump.DeviceAssignmentId, table);
                }

                SetVersions(pump, tables);
            }

            TableRows.Save(database, tables);
        });

    private void Mark(string device, TableDefinition table)
    {
        // Other tables go on joining the rare entries while these are written again, one stretch after the other.
        if (table != DomainTables.TherapyEntries)
        {
            Empty(table, device);
        }

        database.Execute(
            "DELETE FROM bookkeeping.underived_ranges WHERE device_assignment_id = $device AND table_name = $Name",
            new { device, table.Name });
        database.Execute(MarkLog, new { device, first = 0L, last = long.MaxValue, table = table.Name });
    }

    /// <summary>
    /// Empties all tables of one pump and marks its whole log, in stretches of a size that fits into memory.
    /// </summary>
    private void MarkAll(PumpRow pump) => database.InTransaction(() =>
    {
        var device = pump.DeviceAssignmentId;
        foreach (var table in DomainTables.Derived)
        {
            Empty(table, device);
        }

        SetVersions(pump, DomainTables.Derived);
        database.Execute("DELETE FROM bookkeeping.underived_ranges WHERE device_assignment_id = $device", new { device });
        database.Execute("DELETE FROM bookkeeping.retimed_ranges WHERE device_assignment_id = $device", new { device });
        database.Execute(MarkLog, new { device, first = 0L, last = long.MaxValue, table = (string?)null });
        TableRows.Save(database, DomainTables.Derived);
    });

    private void Empty(TableDefinition table, string device)
    {
        foreach (var name in table.Tables)
        {
            database.Execute($"DELETE FROM {name} WHERE device_assignment_id = $device", new { device });
        }
    }

    private void SetVersions(PumpRow pump, IEnumerable<TableDefinition> tables)
    {
        foreach (var table in tables)
        {
            StageVersions.Set(database, Version(table, pump));
        }
    }

    /// <summary>The days of the totals are those of the pump's zone: another zone makes other rows.</summary>
    private static StageVersion Version(TableDefinition table, PumpRow pump) => new(
        $"{table.Name} {pump.DeviceAssignmentId}",
        table.IsByDay ? $"{table.Fingerprint} {pump.TimeZone}" : table.Fingerprint,
        pump.DeviceAssignmentId,
        table.Name);

    private sealed record Retimed(long FirstPosition, long LastPosition, long ShiftUs);
}
