using System.Text.Json;

namespace TandemFetch.Benchmarks;

/// <summary>The measurements of one child process.</summary>
/// <param name="Milliseconds">Duration of the measured part.</param>
/// <param name="PeakMiB">Peak resident set of the whole process, MiB.</param>
/// <param name="Extra">Another figure, if there is one: a file's size, or the time to the first object.</param>
internal sealed record Measurement(double Milliseconds, double PeakMiB, double Extra)
{
    private const string Mark = "measurement ";

    public override string ToString() => Mark + JsonSerializer.Serialize(this);

    public static Measurement Parse(string output) =>
        JsonSerializer.Deserialize<Measurement>(
            output.Split('\n').Last(line => line.StartsWith(Mark, StringComparison.Ordinal))[Mark.Length..])!;
}
