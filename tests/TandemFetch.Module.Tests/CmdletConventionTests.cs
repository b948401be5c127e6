using System.Management.Automation;
using System.Reflection;
using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests;

/// <summary>Conventions for every command of the module.</summary>
public sealed class CmdletConventionTests
{
    private static readonly HashSet<string> ReadingVerbs = ["Compare", "Connect", "Find", "Get", "Measure", "Search", "Show", "Test"];

    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. typeof(VerbsCommon).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(VerbsCommon).Namespace && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!),
    ];

    private static IEnumerable<Type> Commands => ModuleCommands.Types;

    [Fact]
    public void The_manifest_names_every_command()
    {
        using var session = new PowerShellSession();

        var exported = session.Run("(Get-Module TandemFetch).ExportedCmdlets.Keys").Succeeded().OutputOf<string>();

        Assert.Equal(Commands.Select(NameOf).Order(), exported.Order());
    }

    [Fact]
    public void Verbs_are_approved() =>
        AssertAll(type => ApprovedVerbs.Contains(AttributeOf(type)!.VerbName));

    [Fact]
    public void Nouns_are_singular_and_begin_with_Tandem() =>
        AssertAll(type => AttributeOf(type)!.NounName is ['T', 'a', 'n', 'd', 'e', 'm', >= 'A' and <= 'Z', .., not 's'] or [.., 'u', 's']);

    [Fact]
    public void Classes_are_sealed_and_named_after_the_command() =>
        AssertAll(type => type.IsSealed
            && type.Namespace == "TandemFetch.Commands"
            && type.Name == $"{AttributeOf(type)!.VerbName}{AttributeOf(type)!.NounName}Command");

    [Fact]
    public void Classes_are_built_on_our_bases() =>
        AssertAll(type => type.IsSubclassOf(typeof(TandemCommand)));

    [Fact]
    public void Output_types_are_declared() =>
        AssertAll(type => type.GetCustomAttributes<OutputTypeAttribute>().Any(output => output.Type.Length > 0));

    [Fact]
    public void Commands_that_write_support_WhatIf() =>
        AssertAll(type => ReadingVerbs.Contains(AttributeOf(type)!.VerbName) || AttributeOf(type)!.SupportsShouldProcess);

    [Fact]
    public void Parameters_and_output_show_no_type_of_the_engine_or_its_packages() =>
        AssertAll(type => ParametersOf(type).Select(parameter => parameter.PropertyType)
            .Concat(type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(output => output.Type).Select(name => name.Type))
            .All(IsForUsers));

    [Fact]
    public void Tab_offers_forms_of_every_time_and_of_every_length_of_time() =>
        Assert.Empty(Commands
            .SelectMany(type => ParametersOf(type).Select(parameter => (Command: NameOf(type), Parameter: parameter)))
            .Where(found => IsTime(found.Parameter.PropertyType) && !HasCompleter(found.Parameter))
            .Select(found => $"{found.Command} -{found.Parameter.Name}"));

    private static bool IsTime(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var bare
        && (bare == typeof(Moment) || bare == typeof(TimeSpan));

    private static bool HasCompleter(PropertyInfo parameter) => parameter.IsDefined(typeof(ArgumentCompleterAttribute));

    private static void AssertAll(Func<Type, bool> rule) =>
        Assert.Empty(Commands.Where(type => !rule(type)).Select(NameOf));

    private static IEnumerable<PropertyInfo> ParametersOf(Type type) =>
        type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute)));

    private static CmdletAttribute? AttributeOf(Type type) => ModuleCommands.AttributeOf(type);

    private static string NameOf(Type type) => ModuleCommands.NameOf(type);

    private static bool IsForUsers(Type? type)
    {
        if (type is null)
        {
            return true;
        }

        var home = type.Assembly.GetName().Name!;
        var isOurs = home is "TandemFetch" or "TandemFetch.Records" or "System.Management.Automation";
        var isFrameworks = home is "mscorlib" or "netstandard" || home.StartsWith("System.", StringComparison.Ordinal);
        return (isOurs || isFrameworks) && type.GetGenericArguments().All(IsForUsers);
    }
}
