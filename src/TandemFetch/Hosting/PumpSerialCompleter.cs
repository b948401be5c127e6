using System.Collections;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Reading;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Hosting;

/// <summary>Offers the serial numbers of the pumps in the file or in the session.</summary>
internal sealed class PumpSerialCompleter : FileCompleter
{
    /// <inheritdoc/>
    protected override TandemDatabase OpenLake(LakeFolder lake) => LakeDatabase.OpenPumps(lake);

    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> WordsOf(TandemDatabase database, IDictionary parameters) =>
        PumpReader.Read(database, []).Select(Word);

    /// <inheritdoc/>
    protected override IEnumerable<(string Text, string? Hint)> WordsWithoutFile() =>
        (SourceConnection.Current?.KnownPumps ?? []).Select(Word);

    private static (string Text, string? Hint) Word(Pump pump) =>
        (pump.PumpSerial, pump.LastEvent is { } last
            ? FormattableString.Invariant($"{pump.ModelName}, last entry {last:yyyy-MM-dd}")
            : pump.ModelName);
}
