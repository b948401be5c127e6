using System.Management.Automation;

namespace TandemFetch.Shell;

/// <summary>Progress as one line that a terminal overwrites, or as a line for every tenth of the way where it cannot.</summary>
internal sealed class ProgressLine(TextWriter messages, int width, bool isTerminal)
{
    private const int Step = 10;

    private readonly Dictionary<int, int> _shownSteps = [];

    private bool _isDrawn;

    /// <summary>Shows a record, unless it says no more than the one before.</summary>
    public void Show(ProgressRecord record)
    {
        if (isTerminal)
        {
            Draw(record);
        }
        else
        {
            Append(record);
        }
    }

    /// <summary>Wipes the line, so that other text can take its place.</summary>
    public void Clear()
    {
        if (_isDrawn)
        {
            messages.Write("\r" + new string(' ', width - 1) + "\r");
            _isDrawn = false;
        }
    }

    private static string TextOf(ProgressRecord record)
    {
        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
        var remaining = record.SecondsRemaining > 0 ? $", {TimeSpan.FromSeconds(record.SecondsRemaining):g} left" : "";
        return $"{record.Activity}:{percent} {record.StatusDescription}{remaining}";
    }

    private void Draw(ProgressRecord record)
    {
        Clear();
        if (record.RecordType == ProgressRecordType.Completed)
        {
            return;
        }

        var text = TextOf(record);
        messages.Write(text.Length < width ? text : text[..(width - 1)]);
        _isDrawn = true;
    }

    private void Append(ProgressRecord record)
    {
        var step = record.PercentComplete / Step;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _shownSteps.Remove(record.ActivityId);
        }
        else if (!_shownSteps.TryGetValue(record.ActivityId, out var shown) || shown != step)
        {
            _shownSteps[record.ActivityId] = step;
            messages.WriteLine(TextOf(record));
        }
    }
}
