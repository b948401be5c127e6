using TandemFetch.Engine.Clock;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Pipeline;

/// <summary>
/// What a file had fetched of its pumps' logs when it was read, as far as planning a fetch needs it. The file does not
/// stay open: nobody else could write to it while the server is asked for the account.
/// </summary>
public sealed class StoredLogs
{
    private readonly Dictionary<string, FetchHistory> _histories = [];
    private readonly Dictionary<string, IReadOnlyList<ClockSetting>> _settings = [];

    private StoredLogs(IReadOnlyList<PumpRow> pumps) => Pumps = pumps;

    /// <summary>Nothing, as in a file that does not exist.</summary>
    public static StoredLogs None { get; } = new([]);

    /// <summary>The pumps, the one with the newest entry first.</summary>
    internal IReadOnlyList<PumpRow> Pumps { get; }

    /// <summary>Reads them from a file.</summary>
    /// <param name="database">The file, open at least for reading.</param>
    public static StoredLogs Read(TandemDatabase database)
    {
        var logs = new StoredLogs(new PumpStore(database).All());
        foreach (var pump in logs.Pumps)
        {
            var device = pump.DeviceAssignmentId;
            logs._histories[device] = FetchHistory.Read(database, device);
            logs._settings[device] = ClockSettings.Read(database, device);
        }

        return logs;
    }

    /// <summary>What was fetched of one pump's log.</summary>
    internal FetchHistory HistoryOf(string device) => _histories.GetValueOrDefault(device) ?? FetchHistory.None;

    /// <summary>The settings of one pump's clock, in log order.</summary>
    internal IReadOnlyList<ClockSetting> SettingsOf(string device) => _settings.GetValueOrDefault(device) ?? [];
}
