using System.Management.Automation;
using System.Runtime.Loader;
using System.Xml.Linq;
using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Sandbox;

namespace TandemFetch.Module.Tests;

/// <summary>What every domain table of the engine requires.</summary>
public sealed class TableConventionTests(TableConventionTests.Filled filled)
    : IClassFixture<TableConventionTests.Filled>
{
    private static readonly PowerShellSession Session = new();

    public static TheoryData<string> Tables => [.. Defined().Select(table => table.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_has_a_command_that_reads_its_rows(string table)
    {
        var record = RecordOf(table);

        var run = filled.Module.Run(CommandOf(record)).Succeeded();

        Assert.NotEmpty(run.Output);
        Assert.All(run.Output, row => Assert.Equal(record.FullName, row!.GetType().FullName));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_has_a_view_of_at_most_80_columns(string table)
    {
        var record = RecordOf(table);
        var views = XDocument.Load(Path.Join(BuiltModule.Folder, "TandemFetch.Format.ps1xml")).Descendants("View")
            .Where(view => view.Descendants("TypeName").Any(type => type.Value == record.FullName));
        Assert.Single(views, view => view.Element("TableControl") is not null);

        var shown = filled.Module.Render(CommandOf(record));

        Assert.Contains("---", shown, StringComparison.Ordinal);
        Assert.DoesNotContain('…', shown);
        Assert.All(shown.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 79, line));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_has_a_help_page_that_names_it(string table)
    {
        var page = File.ReadAllText(Path.Join(HelpPage.Docs, "en-US", CommandOf(RecordOf(table)) + ".md"));

        Assert.Contains($"`{table}`", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_has_its_place_in_the_schema_page_and_the_schema_topic(string table)
    {
        var page = File.ReadAllText(Path.Join(HelpPage.Docs, "schema.md")).ReplaceLineEndings("\n");
        var topic = Session.Run("Get-Help about_TandemFetch_Schema").Succeeded().OutputOf<string>()[0]
            .ReplaceLineEndings("\n");

        Assert.Contains($"\n## {table}\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n  {table}\n", topic, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_is_offered_where_a_table_is_typed(string table)
    {
        var line = "Export-TandemData " + table[..4];

        var offered = filled.Module.Run(
            "param($line) (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText", line).Succeeded();

        Assert.Contains(table, offered.OutputOf<string>());
    }

    /// <summary>The definitions from the engine as PowerShell loads it, in its own context.</summary>
    private static IEnumerable<(string Name, Type Record)> Defined()
    {
        Session.Run("Get-TandemTable -Database nowhere.db");
        var engine = AssemblyLoadContext.All.SelectMany(context => context.Assemblies)
            .First(assembly => assembly.GetName().Name == "TandemFetch.Engine");
        var tables = engine.GetType("TandemFetch.Engine.Tables.DomainTables")!.GetProperty("All")!.GetValue(null)!;
        return ((System.Collections.IEnumerable)tables).Cast<object>().Select(table => (
            (string)table.GetType().GetProperty("Name")!.GetValue(table)!,
            (Type)table.GetType().GetProperty("RecordType")!.GetValue(table)!));
    }

    private static Type RecordOf(string table) => Defined().Single(defined => defined.Name == table).Record;

    /// <summary>The command that is declared to emit a record.</summary>
    private static string CommandOf(Type record)
    {
        var commands = typeof(TandemCommand).Assembly.GetExportedTypes()
            .Where(type => Attribute.GetCustomAttributes(type, typeof(OutputTypeAttribute)).Cast<OutputTypeAttribute>()
                .Any(output => output.Type.Any(name => name.Name == record.FullName)))
            .Select(type => (CmdletAttribute)Attribute.GetCustomAttribute(type, typeof(CmdletAttribute))!);
        var command = Assert.Single(commands, command => command.VerbName == VerbsCommon.Get);
        return $"{command.VerbName}-{command.NounName}";
    }

    /// <summary>A few weeks of a pump, with rows in every table.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SandboxedModule Module { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Module = await SandboxedModule.FilledAsync(
            new SandboxOptions { Days = 30, Sparse = true, EndDate = new DateOnly(2026, 4, 20) });

        public ValueTask DisposeAsync() => Module.DisposeAsync();
    }
}
