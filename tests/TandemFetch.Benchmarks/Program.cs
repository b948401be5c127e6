using System.CommandLine;
using BenchmarkDotNet.Running;
using TandemFetch.Benchmarks;

if (args is ["child", var what, var pages, var database])
{
    Console.WriteLine(await Child.RunAsync(what, pages, database));
    return 0;
}

var entries = new Option<long>("--entries") { DefaultValueFactory = _ => 1_000_000, Description = "Entries of the main run." };
var large = new Option<long>("--large") { DefaultValueFactory = _ => 5_000_000, Description = "Entries of the large file." };
var small = new Option<long>("--small") { DefaultValueFactory = _ => 50_000, Description = "Entries of the small file." };
var runs = new Option<int>("--runs") { DefaultValueFactory = _ => 5, Description = "Runs of each side." };
var folder = new Option<string>("--work") { DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "tandem-benchmarks"), Description = "Where pages and files are kept." };
var output = new Option<string>("--output")
{
    DefaultValueFactory = _ => Path.Combine(Repository.Root, "docs", "benchmarks.md"),
    Description = "A Markdown file whose part between two comments named after the command becomes the new table.",
};
var whole = new Command("whole", "Whole runs, side by side, each in a process of its own.") { entries, large, small, runs, folder, output };
whole.SetAction(async (parsed, _) =>
{
    var table = await new WholeRun(Directory.CreateDirectory(parsed.GetValue(folder)!).FullName, parsed.GetValue(runs))
        .RunAsync(parsed.GetValue(entries), parsed.GetValue(large), parsed.GetValue(small));
    await ReplaceAsync(parsed.GetValue(output)!, "whole", table);
});
var analysis = new Command("analysis", "Measures and reports of five years, again and again in one process.") { runs, folder, output };
analysis.SetAction(async (parsed, _) =>
{
    var table = await new AnalysisRun(Directory.CreateDirectory(parsed.GetValue(folder)!).FullName, parsed.GetValue(runs))
        .RunAsync(entries: 2_000_000);
    await ReplaceAsync(parsed.GetValue(output)!, "analysis", table);
});
var memory = new Command("memory", "The memory of whole commands on the large file, each in a pwsh of its own.") { large, folder };
memory.SetAction(async (parsed, _) =>
{
    var table = await new MemoryRun(Directory.CreateDirectory(parsed.GetValue(folder)!).FullName).RunAsync(parsed.GetValue(large));
    await ReplaceAsync(Path.Combine(Repository.Root, "docs", "reliability.md"), "memory", table);
});
var commands = new Command("commands", "Whole commands, each in a pwsh of its own, against a pwsh that does nothing.") { runs, folder, output };
commands.SetAction(async (parsed, _) =>
{
    var table = await new CommandRun(Directory.CreateDirectory(parsed.GetValue(folder)!).FullName, parsed.GetValue(runs)).RunAsync();
    await ReplaceAsync(parsed.GetValue(output)!, "commands", table);
});
var pumps = new Option<int>("--pumps") { DefaultValueFactory = _ => 1_000, Description = "Pumps of the lake." };
var days = new Option<int>("--days") { DefaultValueFactory = _ => 365, Description = "Days of each pump." };
var lake = new Command("lake", "A lake of many pumps: published, compared with its databases, read, and extended.") { pumps, days, runs, folder };
lake.SetAction(async (parsed, _) =>
{
    var table = await new LakeRun(Directory.CreateDirectory(parsed.GetValue(folder)!).FullName, parsed.GetValue(runs))
        .RunAsync(parsed.GetValue(pumps), parsed.GetValue(days));
    await ReplaceAsync(Path.Combine(Repository.Root, "docs", "lake.md"), "lake", table);
});
var parts = new Command("parts", "The parts of the hot path, by BenchmarkDotNet.");
parts.SetAction(_ => { BenchmarkRunner.Run<PartBenchmarks>(); });
return await new RootCommand("Measures TandemFetch.") { whole, analysis, memory, commands, lake, parts }.Parse(args).InvokeAsync();

static async Task ReplaceAsync(string path, string part, string table)
{
    var page = await File.ReadAllTextAsync(path);
    var (before, after) = (
        page.IndexOf($"<!-- {part} -->", StringComparison.Ordinal), page.IndexOf($"<!-- /{part} -->", StringComparison.Ordinal));
    await File.WriteAllTextAsync(path, $"{page[..before]}<!-- {part} -->\n\n{table}\n{page[after..]}");
}
