using System.Text.Json;

namespace TandemFetch.Benchmarks;

/// <summary>What one child process measured.</summary>
/// <param name="Milliseconds">How long the measured part took.</param>
/// <param name="PeakMiB">Peak resident set of the whole process, MiB.</param>
/// <param name="Extra">Another figure where there is one: a file's size, the time to the first object.</param>
internal sealed record Measurement(double Milliseconds, double PeakMiB, double Extra)
{
    private const string Mark = "measurement ";

    public override string ToString() => Mark + JsonSerializer.Serialize(this);

    public static Measurement Parse(string output) =>
        JsonSerializer.Deserialize<Measurement>(
            output.Split('\n').Last(line => line.StartsWith(Mark, StringComparison.Ordinal))[Mark.Length..])!;
}
