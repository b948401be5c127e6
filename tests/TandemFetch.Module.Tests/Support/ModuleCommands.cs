using System.Management.Automation;
using System.Reflection;
using TandemFetch.Hosting;

namespace TandemFetch.Module.Tests.Support;

/// <summary>The commands of the module, and calls of them that are complete.</summary>
internal static class ModuleCommands
{
    /// <summary>The classes of all commands.</summary>
    public static IEnumerable<Type> Types =>
        typeof(ModuleIsolation).Assembly.GetExportedTypes().Where(type => AttributeOf(type) is not null);

    /// <summary>The attribute of a command's class.</summary>
    public static CmdletAttribute? AttributeOf(Type type) => type.GetCustomAttribute<CmdletAttribute>();

    /// <summary>The name of a command.</summary>
    public static string NameOf(Type type) => $"{AttributeOf(type)!.VerbName}-{AttributeOf(type)!.NounName}";

    /// <summary>A command with values for all parameters without which it would ask for them.</summary>
    public static string CallOf(Type type)
    {
        var set = AttributeOf(type)!.DefaultParameterSetName;
        var values = type.GetProperties()
            .Where(property => property.GetCustomAttributes<ParameterAttribute>().Any(parameter =>
                parameter.Mandatory && (set is null || IsOf(parameter.ParameterSetName, set))))
            .Select(property => $" -{property.Name} {ValueOf(property)}");
        return NameOf(type) + string.Concat(values);
    }

    private static bool IsOf(string name, string set) => name == ParameterAttribute.AllParameterSets || name == set;

    // A file that is to be read is one that exists.
    private static string ValueOf(PropertyInfo parameter) => parameter.Name switch
    {
        "Path" when parameter.IsDefined(typeof(SupportsWildcardsAttribute)) => $"'{BuiltModule.Manifest}'",
        "Path" => "new.html",
        "Query" => "'SELECT 1'",
        "TimeZone" => "Europe/Berlin",
        _ => "x",
    };
}
