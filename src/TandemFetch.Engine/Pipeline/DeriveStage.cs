using Dapper;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// From <c>events</c> into the domain tables: every table is updated where events have changed, and only there.
/// </summary>
internal sealed class DeriveStage(TandemDatabase database, IRunObserver observer)
{
    // Deriving takes some 60 statements, which need a tenth of a second even for one event. A late entry of a few days
    // (a long fetch has many) waits until no more arrive, so that the ranges that keep both cores busy are derived
    // first.
    private const long ShortStretch = 10_000;

    // The statements for a month of events take as long, so changes that lie within a month are derived together with
    // what is between them.
    private const long NearStretches = 100_000;

    private static readonly string MarkLog =
        SqlResource.Read("TandemFetch.Engine.Pipeline.Statements.mark_log.sql");

    private bool _hasMacros;

    /// <summary>The rules of this version.</summary>
    public static IEnumerable<StageVersion> Versions(PumpRow pump) =>
        DomainTables.Derived.Select(table => Version(table, pump));

    /// <summary>
    /// Marks what must be derived again: tables that were written by other rules, and tables whose rows somebody else
    /// has deleted or added.
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
            // Nothing has been derived yet, so everything that was parsed is still marked as underived.
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

    /// <summary>It is not known to which pump the rows belonged, so the whole tables are marked.</summary>
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

    /// <summary>Derives what changed for one pump, and what is parsed meanwhile.</summary>
    /// <param name="pump">The pump.</param>
    /// <param name="parsed">Signals that more has been parsed.</param>
    /// <param name="progress">Receives how many tables of how many ranges have been derived.</param>
    /// <param name="cancellationToken">Stops; what has been committed is kept.</param>
    public async Task<StageCount> RunAsync(
        PumpRow pump, WorkSignal parsed, StageProgress progress, CancellationToken cancellationToken)
    {
        var count = default(StageCount);

        // DuckDB ignores the rows of the running transaction in its estimates, so it would assume that the tables are
        // tiny and compare each row with every other.
        database.Execute("SET asof_loop_join_threshold = 0");
        do
        {
            DeriveAll(ShortStretch);
        }
        while (await parsed.WaitAsync(cancellationToken).ConfigureAwait(false));

        DeriveAll(0);
        database.InTransaction(() => AddUpChangedDays(pump));
        observer.Verbose(
            $"Pump {pump.Label}: {Quantity.Of(count.Out, "row")} derived from {Quantity.Of(count.In, "event")}.");
        return count;

        void DeriveAll(long leastPlaces)
        {
            while (DeriveNext(pump, leastPlaces, progress, cancellationToken) is { } derived)
            {
                count += derived;
                progress.Advance(0, $"{count.In:N0} events, {count.Out:N0} rows");
            }
        }
    }

    /// <summary>Derives the first range that changed; returns null if there is none.</summary>
    private StageCount? DeriveNext(
        PumpRow pump, long leastPlaces, StageProgress progress, CancellationToken cancellationToken)
    {
        StageCount? count = null;
        database.InTransaction(() =>
        {
            // Rows of events that moved must be moved before anything is derived from them, or they would be moved
            // twice.
            MoveRows(pump);
            if (Pending(pump.DeviceAssignmentId, leastPlaces) is [var stretch, .. var others])
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Expect((1 + others.Count) * DomainTables.Derived.Count);
                count = Derive(pump, stretch, others.Count > 0, progress, cancellationToken);
                TableRows.Save(database, DomainTables.Derived);
            }
        });
        return count;
    }

    /// <summary>Updates all tables where a range of the log changed.</summary>
    private StageCount Derive(
        PumpRow pump, DerivedStretch stretch, bool moreFollow, StageProgress progress, CancellationToken cancellationToken)
    {
        var all = Parameters(pump, (stretch.First, stretch.Last));
        var derived = new List<(string Name, (long First, long Last) Part)>();

        // The days of a short range wait in changed_days for those of the next; a long range has enough of its own.
        var totalsWait = moreFollow && stretch.Last - stretch.First < NearStretches;

        // A table built from rare entries needs no change if its range has none of its own, and had none.
        var codes = DomainTables.Derived.Where(table => table.Source == TableSource.TherapyEntries)
            .Select(table => stretch.PartOf(table.Name)).OfType<(long First, long Last)>().Distinct()
            .ToDictionary(part => part, _ => new HashSet<int>());
        AddTherapyCodes(pump, codes);
        foreach (var table in DomainTables.Derived)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table.IsByDay)
            {
                // Where other tables are derived, they have marked their days.
                var alone = stretch.PartOfAlone(table.Name);
                if (alone is not null || !totalsWait)
                {
                    Run(table, Parameters(pump, alone ?? DerivedStretch.Empty));
                }
            }
            else if (stretch.PartOf(table.Name) is { } part
                && (table.Source != TableSource.TherapyEntries || codes[part].Overlaps(table.EventCodes)))
            {
                Run(table, Parameters(pump, part));
                derived.Add((table.Name, part));
                if (table == DomainTables.TherapyEntries)
                {
                    AddTherapyCodes(pump, codes);
                }
            }

            progress.Advance(1, table.Name);
        }

        database.Execute(
            "DELETE FROM bookkeeping.underived_ranges "
            + "WHERE device_assignment_id = $device AND first_position >= $first AND last_position <= $last",
            all);
        return new StageCount(
            Count([("events", (stretch.First, stretch.Last))], all),
            Count(derived, all));
    }

    /// <summary>
    /// Updates the totals of days that changed without any change in the log, because all of it got a different time.
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

    /// <summary>Macros belong to the connection, and are created when first needed.</summary>
    private void EnsureMacros()
    {
        if (!_hasMacros)
        {
            database.Execute(TableMacros.Script);
            _hasMacros = true;
        }
    }

    /// <summary>Adds to each range the codes of the rare entries that it has now.</summary>
    private void AddTherapyCodes(PumpRow pump, Dictionary<(long First, long Last), HashSet<int>> codes)
    {
        foreach (var (range, known) in codes)
        {
            known.UnionWith(database.Query<int>(
                "SELECT DISTINCT event_id FROM bookkeeping.therapy_entries "
                + "WHERE device_assignment_id = $device AND log_position BETWEEN $first AND $last",
                Parameters(pump, range)));
        }
    }

    /// <summary>The rows that tables have for a range of each.</summary>
    private long Count(IReadOnlyList<(string Name, (long First, long Last) Part)> tables, DynamicParameters parameters)
    {
        // As a list, because DuckDB would plan subqueries side by side as a join of them all.
        var counted = tables.Select(table =>
            $"SELECT count(*) AS rows FROM {table.Name} WHERE device_assignment_id = $device "
            + $"AND log_position BETWEEN {table.Part.First} AND {table.Part.Last}");
        return tables.Count == 0
            ? 0
            : database.Scalar<long>($"SELECT sum(rows)::BIGINT FROM ({string.Join(" UNION ALL ", counted)})", parameters);
    }

    /// <summary>
    /// A pump and a range of its log. For the properties of an object, Dapper would generate and compile a method for
    /// each statement.
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

    /// <summary>Moves the rows of ranges whose events all moved by the same amount.</summary>
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
    /// The ranges that changed and have at least this many positions. Overlapping ranges are combined, so that no table
    /// is derived twice from the same events, as are short ranges near each other; the others stay separate, which
    /// limits the memory of a long rebuild.
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

    /// <summary>
    /// Deletes the rows of pumps from tables and marks the pumps' whole logs for those tables, and for no others.
    /// </summary>
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
        // Other tables continue to join the rare entries while these are rewritten, range by range.
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
    /// Deletes one pump's rows from all tables and marks its whole log, in ranges of a size that fits into memory.
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

    private void SetVersions(PumpRow pump, IEnumerable<TableDefinition> tables) =>
        StageVersions.Set(database, [.. tables.Select(table => Version(table, pump))]);

    /// <summary>The days of the totals are those of the pump's zone, so another zone gives different rows.</summary>
    private static StageVersion Version(TableDefinition table, PumpRow pump) => new(
        $"{table.Name} {pump.DeviceAssignmentId}",
        table.IsByDay ? $"{table.Fingerprint} {pump.TimeZone}" : table.Fingerprint,
        pump.DeviceAssignmentId,
        table.Name);

    private sealed record Retimed(long FirstPosition, long LastPosition, long ShiftUs);
}
