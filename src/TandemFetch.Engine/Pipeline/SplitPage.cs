namespace TandemFetch.Engine.Pipeline;

/// <summary>The entries of one response. Reused for every page.</summary>
internal sealed class SplitPage
{
    /// <summary>Device assignment ids that occur in the page.</summary>
    public List<string> Devices { get; } = [];

    /// <summary>Entries of <c>events</c> and <c>clockChanges</c>, in the order of the response.</summary>
    public List<LogEntry> Entries { get; } = [];

    /// <summary>Entries that lack what identifies them.</summary>
    public List<RejectedEntry> Rejected { get; } = [];

    /// <summary>The index of a device in the page; a new device is added.</summary>
    public int DeviceIndex(string device)
    {
        var index = Devices.IndexOf(device);
        if (index < 0)
        {
            index = Devices.Count;
            Devices.Add(device);
        }

        return index;
    }

    public void Clear()
    {
        Devices.Clear();
        Entries.Clear();
        Rejected.Clear();
    }
}
