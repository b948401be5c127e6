using System.Collections;
using System.Management.Automation;
using System.Reflection;
using TandemFetch.Module.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Module.Tests.Help;

/// <summary>Compares the cmdlets, their pages in <c>docs/en-US</c> and the output of <c>Get-Help</c>.</summary>
public sealed class HelpTests
{
    // No test here changes its state.
    private static readonly PowerShellSession Session = new();

    public static TheoryData<string> Commands => [.. HelpPage.Commands];

    [Fact]
    public void Every_command_has_a_page_and_every_page_a_command()
    {
        var exported = Session.Run("(Get-Module TandemFetch).ExportedCmdlets.Keys").Succeeded().OutputOf<string>();

        Assert.Equal(exported.Order(StringComparer.Ordinal), HelpPage.Commands);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_has_a_synopsis_a_description_and_two_examples(string command)
    {
        var help = Session.Run(
            """
            param($name)
            $help = Get-Help $name -Full
            $help.Synopsis
            $help.description[0].Text
            @($help.examples.example).Count
            @($help.examples.example).Where({ -not $_.code }).Count
            """,
            command).Succeeded().Output;

        Assert.EndsWith(".", (string)help[0]!, StringComparison.Ordinal);
        Assert.NotEmpty((string)help[1]!);
        Assert.True((int)help[2]! >= 2);
        Assert.Equal(0, help[3]);
    }

    /// <summary>Related links would bring a hint at -Online, and there is no address to open.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_names_what_to_see_also_and_offers_no_address_that_it_lacks(string command)
    {
        var shown = Session.Run("param($name) Get-Help $name | Out-String -Width 500", command)
            .Succeeded().OutputOf<string>()[0];

        Assert.Contains("See also: ", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("-Online", shown, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_describes_every_parameter(string command)
    {
        var undescribed = Session.Run(
            """
            param($name)
            $help = @{}
            foreach ($parameter in (Get-Help $name -Full).parameters.parameter) { $help[$parameter.name] = "$($parameter.description.Text)" }
            $common = [Management.Automation.Cmdlet]::CommonParameters
            (Get-Command $name).Parameters.Keys | Where-Object { $_ -notin $common -and -not $help[$_] }
            """,
            command).Succeeded().Output;

        Assert.Empty(undescribed);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Page_and_command_have_the_same_syntax_and_outputs(string command)
    {
        var cmdlet = Find(command);
        var page = new HelpPage(command);

        Assert.Equal(cmdlet.ParameterSets.Select(set => $"{command} {set}"), page.Syntaxes);
        Assert.Equal(cmdlet.OutputType.Select(type => type.Name == "System.Void" ? "None" : type.Name), page.Outputs);
        Assert.True(page.Examples.Count() >= 2);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Page_and_command_have_the_same_parameters(string command)
    {
        var cmdlet = Find(command);
        var written = new HelpPage(command).Parameters;
        var own = cmdlet.Parameters.Values.Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name)).ToList();

        Assert.Equal(own.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), written.Select(parameter => parameter.Key));
        foreach (var parameter in own)
        {
            Assert.Equal(
                FactsOf(parameter).Order(StringComparer.Ordinal),
                written[parameter.Name].SelectMany(Lines).Order(StringComparer.Ordinal));
            Assert.All(written[parameter.Name], facts => Assert.Equal(DefaultOf(cmdlet, parameter), facts["Default value"]));
        }
    }

    [Fact]
    public void A_text_that_commands_share_is_written_once()
    {
        var own = HelpPage.Commands
            .SelectMany(command => new HelpPage(command).ParameterTexts.Select(written => (Place: $"{command} -{written.Parameter}", written.Text)))
            .Where(written => HelpPage.SharedAnchor(written.Text) is null);
        var shared = HelpPage.SharedTexts.SelectMany(section => section.Select(text => (Place: section.Key, Text: text)));

        var repeated = own.Concat(shared).GroupBy(written => written.Text, written => written.Place).Where(places => places.Count() > 1);

        Assert.Empty(repeated.Select(places => $"{string.Join(", ", places)}: {places.Key}"));
    }

    [Fact]
    public void Every_shared_text_is_used_by_several_pages()
    {
        var uses = HelpPage.Commands
            .SelectMany(command => new HelpPage(command).ParameterTexts)
            .Select(written => HelpPage.SharedAnchor(written.Text))
            .Concat(HelpPage.SharedTexts.SelectMany(section => section).Select(HelpPage.SharedAnchor))
            .ToLookup(anchor => anchor);

        Assert.NotEmpty(HelpPage.SharedTexts);
        Assert.All(HelpPage.SharedTexts, section => Assert.True(uses[section.Key].Count() > 1, $"{section.Key} is used once at most."));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_has_shared_texts_in_full(string command)
    {
        var linked = new HelpPage(command).ParameterTexts.Where(written => HelpPage.SharedAnchor(written.Text) is not null);

        foreach (var (parameter, link) in linked)
        {
            var help = Session.Run($"(Get-Help {command} -Parameter {parameter}).description.Text").Succeeded().OutputOf<string>();
            var lines = help.SelectMany(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries));

            var expected = SharedParagraphs(link).SelectMany(text => text.Replace("`", "", StringComparison.Ordinal).Split('\n')).ToList();
            Assert.Equal(expected, lines.TakeLast(expected.Count));
        }
    }

    [Fact]
    public async Task The_schema_topic_and_page_have_every_table_and_column()
    {
        await using var module = await SandboxedModule.FilledAsync();
        var topic = module.Run("Get-Help about_TandemFetch_Schema").Succeeded().OutputOf<string>()[0].ReplaceLineEndings("\n");
        var page = (await File.ReadAllTextAsync(Path.Join(HelpPage.Docs, "schema.md"), TestContext.Current.CancellationToken)).ReplaceLineEndings("\n");

        var tables = module.Run("Get-TandemTable -All").Succeeded().OutputOf<DatabaseTable>();

        foreach (var table in tables)
        {
            var inTopic = topic[topic.IndexOf($"\n  {table.Table}\n", StringComparison.Ordinal)..];
            var inPage = Part(page, $"\n## {table.Table}\n", "\n## ");
            foreach (var column in table.Columns)
            {
                var type = column.Type + (column.IsNullable ? "" : " NOT NULL");
                Assert.Contains($"\n      {column.Name}  {type}\n", inTopic, StringComparison.Ordinal);
                Assert.Contains($"\n| `{column.Name}` | `{type}` | ", inPage, StringComparison.Ordinal);
            }
        }

        Assert.Equal(tables.Count, page.Split("\n## ").Length - 1);
    }

    [Theory]
    [InlineData("about_TandemFetch")]
    [InlineData("about_TandemFetch_Schema")]
    [InlineData("about_TandemFetch_Scheduling")]
    public void Topics_are_found_and_are_plain_text(string topic)
    {
        var text = Session.Run($"Get-Help {topic}").Succeeded().OutputOf<string>()[0];

        Assert.StartsWith("TOPIC", text, StringComparison.Ordinal);
        Assert.Contains("SHORT DESCRIPTION", text, StringComparison.Ordinal);
        Assert.DoesNotContain('`', text);
    }

    private static IEnumerable<string> SharedParagraphs(string paragraph)
    {
        if (HelpPage.SharedAnchor(paragraph) is not { } anchor)
        {
            return [paragraph];
        }

        Assert.True(HelpPage.SharedTexts.Contains(anchor), $"There is no shared text {anchor}.");
        return HelpPage.SharedTexts[anchor].SelectMany(SharedParagraphs);
    }

    private static CmdletInfo Find(string command) => Assert.IsType<CmdletInfo>(Assert.Single(Session.Run($"Get-Command {command}").Succeeded().Output));

    private static string Part(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(from >= 0, $"There is no '{start.Trim()}'.");
        var to = text.IndexOf(end, from + start.Length, StringComparison.Ordinal);
        return to < 0 ? text[from..] : text[from..(to + 1)];
    }

    private static IEnumerable<string> FactsOf(ParameterMetadata parameter)
    {
        var wildcards = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any();
        return parameter.ParameterSets.Select(set => string.Join(
            " | ",
            set.Key == ParameterAttribute.AllParameterSets ? "(All)" : set.Key,
            TypeOf(parameter.ParameterType),
            string.Join(", ", parameter.Aliases),
            set.Value.IsMandatory,
            set.Value.Position < 0 ? "Named" : $"{set.Value.Position}",
            (set.Value.ValueFromPipelineByPropertyName, set.Value.ValueFromPipeline) switch
            {
                (true, true) => "True (ByPropertyName, ByValue)",
                (true, _) => "True (ByPropertyName)",
                (_, true) => "True (ByValue)",
                _ => "False",
            },
            wildcards,
            string.Join(", ", ValuesOf(parameter.ParameterType))));
    }

    private static IEnumerable<string> Lines(IReadOnlyDictionary<string, string> facts) =>
        facts["Parameter Sets"].Split(", ").Select(set => string.Join(
            " | ",
            set,
            facts["Type"],
            facts["Aliases"],
            facts["Required"],
            facts["Position"],
            facts["Accept pipeline input"],
            facts["Accept wildcard characters"],
            facts.GetValueOrDefault("Accepted values", "")));

    private static string TypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type).Name;

    private static IEnumerable<string> ValuesOf(Type type)
    {
        var single = type.IsArray ? type.GetElementType()! : Nullable.GetUnderlyingType(type) ?? type;
        return single.IsEnum ? Enum.GetNames(single) : [];
    }

    private static string DefaultOf(CmdletInfo cmdlet, ParameterMetadata parameter)
    {
        var property = cmdlet.ImplementingType.GetProperty(parameter.Name, BindingFlags.Public | BindingFlags.Instance);
        var isMandatory = parameter.ParameterSets.Values.Any(set => set.IsMandatory);
        return (isMandatory ? null : property?.GetValue(Activator.CreateInstance(cmdlet.ImplementingType))) switch
        {
            null => parameter.SwitchParameter ? "False" : "None",
            IDictionary => "@{}",
            Array { Length: 0 } => "None",
            Array values => string.Join(", ", values.Cast<object>()),
            SwitchParameter => "False",
            var value => value.ToString()!,
        };
    }
}
