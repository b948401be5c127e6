using System.Text.Json;
using TandemFetch.Engine.Assistant.Guard;
using TandemFetch.Engine.Assistant.Results;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Assistant.Tools;

/// <summary>A call of a tool: its arguments, and what of the file it may see.</summary>
/// <param name="Scope">The file, and what of it.</param>
/// <param name="Limits">How much it may return.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Now">The current time.</param>
internal sealed record ToolCall(
    AssistantScope Scope, AssistantLimits Limits, ToolArguments Arguments, DateTimeOffset Now)
{
    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(14.0);

    private static readonly string Newest = SqlResource.Read("TandemFetch.Engine.Assistant.Statements.newest.sql");

    /// <summary>Opens the file to read it for measures.</summary>
    public Task<TandemDatabase> OpenAsync() =>
        DatabaseFile.OpenAsync(Scope.Database, DatabaseAccess.Read, Limits.LockTimeout, CancellationToken.None);

    /// <summary>The period and the pumps that the arguments name.</summary>
    /// <param name="database">The open file.</param>
    /// <param name="units">The units of the result.</param>
    /// <exception cref="TandemException"><see cref="AssistantErrors.ArgumentInvalid"/>.</exception>
    public (RecordFilter Filter, ResultBasis Basis) Period(TandemDatabase database, string units)
    {
        var file = VisibleFile.Read(database, Scope);
        var newest = NewestOf(database);
        DateTimeOffset? Moment(ToolArgument argument) => Arguments.Text(argument.Name) is { } text
            ? MomentText.Parse(argument.Name, text, file.Zone, Now)
            : null;
        var until = Moment(ToolArgument.Until) ?? (Moment(ToolArgument.Since) >= newest ? Now : newest);
        var since = Moment(ToolArgument.Since) ?? until - DefaultLength;
        if (since >= until)
        {
            throw ToolArguments.Invalid($"'since' ({since:u}) must be before 'until' ({until:u}).");
        }

        return Within(file, since, until, units, newest);
    }

    /// <summary>A period, cut to what the assistant may see.</summary>
    public (RecordFilter Filter, ResultBasis Basis) Within(
        VisibleFile file, DateTimeOffset since, DateTimeOffset until, string units, DateTimeOffset newest)
    {
        var notes = new List<string>();
        if (Scope.Since is { } bound && since < bound)
        {
            since = bound;
            until = until > bound ? until : bound;
            notes.Add($"Data before {file.Zone.ToLocal(bound):yyyy-MM-dd HH:mm} is not shared.");
        }

        if (newest < until - TimeSpan.FromHours(1.0))
        {
            notes.Add($"The newest entry is of {file.Zone.ToLocal(newest):yyyy-MM-dd HH:mm}.");
        }

        var pump = Arguments.Number(ToolArgument.Pump.Name, 1, Math.Max(1, file.Pumps.Count));
        var pumps = file.Pumps.Where(one => pump is null || one.Number == pump).ToList();
        var filter = new RecordFilter
        {
            Since = since,
            Until = until,
            PumpSerials = pump is null ? [] : [.. pumps.Select(one => one.Pump.PumpSerial)],
        };
        return (filter, new ResultBasis
        {
            Since = file.Zone.ToLocal(since),
            Until = file.Zone.ToLocal(until),
            TimeZone = file.Zone.Name,
            Pumps = [.. pumps.Select(one => one.Number)],
            Units = units,
            Notes = notes,
        });
    }

    /// <summary>The time of the newest entry; now if there is none.</summary>
    public DateTimeOffset NewestOf(TandemDatabase database) =>
        database.Query<DateTime?>(Newest)[0] is { } newest
            ? new DateTimeOffset(DateTime.SpecifyKind(newest, DateTimeKind.Utc)).AddSeconds(1.0)
            : Now;

    /// <summary>How many entries were asked for at most.</summary>
    /// <param name="usual">How many unless the call says so.</param>
    public int LimitOr(int usual) => Arguments.Number(ToolArgument.Limit.Name, 1, Limits.Rows) ?? usual;

    /// <summary>The last of some entries, as many as may be returned, and a note if that leaves out any.</summary>
    public (IReadOnlyList<T> Kept, IReadOnlyList<string> Notes) Shortened<T>(
        IReadOnlyList<T> all, string noun, string? plural = null)
    {
        var (kept, size) = (new List<T>(), 0);
        foreach (var one in all.Reverse().Take(LimitOr(100)))
        {
            size += JsonSerializer.SerializeToUtf8Bytes(one, AssistantJson.Options).Length;
            if (size > Limits.Bytes)
            {
                break;
            }

            kept.Add(one);
        }

        kept.Reverse();
        return (kept, kept.Count < all.Count
            ? [
                $"Cut to the last {kept.Count} of {Quantity.Of(all.Count, noun, plural)}; ask for a shorter period or a "
                + "greater limit.",
            ]
            : []);
    }
}
