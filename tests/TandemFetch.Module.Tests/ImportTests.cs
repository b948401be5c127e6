using System.Reflection;
using System.Runtime.Loader;
using TandemFetch.Hosting;
using TandemFetch.Module.Tests.Support;

namespace TandemFetch.Module.Tests;

public sealed class ImportTests
{
    [Fact]
    public void The_module_can_be_imported_again()
    {
        using var session = new PowerShellSession();

        var run = session.Run("param($Manifest) Import-Module $Manifest -Force; (Get-Module TandemFetch).Path", BuiltModule.Manifest).Succeeded();

        Assert.Equal(Path.Join(BuiltModule.Folder, "TandemFetch.dll"), Assert.Single(run.Output));
    }

    [Fact]
    public void The_engine_and_its_packages_stay_in_a_context_of_their_own()
    {
        using var session = new PowerShellSession();

        var engine = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("TandemFetch.Engine"));
        var context = AssemblyLoadContext.GetLoadContext(engine)!;
        var dapper = context.LoadFromAssemblyName(new AssemblyName("Dapper"));

        Assert.NotSame(AssemblyLoadContext.Default, context);
        Assert.Same(context, AssemblyLoadContext.GetLoadContext(dapper));
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "TandemFetch.Engine" or "Dapper");
        Assert.Throws<FileNotFoundException>(() => AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("Dapper")));
    }

    [Fact]
    public void The_engine_and_the_commands_mean_the_same_records()
    {
        using var session = new PowerShellSession();

        var engine = AssemblyLoadContext.Default.LoadFromAssemblyName(new AssemblyName("TandemFetch.Engine"));
        var records = AssemblyLoadContext.GetLoadContext(engine)!.LoadFromAssemblyName(new AssemblyName("TandemFetch.Records"));

        Assert.Same(typeof(Records.SourceSession).Assembly, records);
    }

    // PowerShell inspects every public type before the engine can be found, so none may be derived from an engine type.
    [Fact]
    public void Public_types_can_be_looked_at_before_the_engine_is_found()
    {
        var builtOnEngine = typeof(ModuleIsolation).Assembly.GetExportedTypes()
            .Where(type => type.GetInterfaces().Append(type.BaseType).Any(part => part?.Assembly.GetName().Name == "TandemFetch.Engine"));

        Assert.Empty(builtOnEngine);
    }

    /// <summary>A package takes its name from the manifest that it finds.</summary>
    [Fact]
    public void The_folder_has_one_manifest() =>
        Assert.Equal([BuiltModule.Manifest], Directory.GetFiles(BuiltModule.Folder, "*.psd1"));

    [Fact]
    public void The_folder_carries_native_libraries_for_this_machine_alone()
    {
        var runtimes = Directory.GetDirectories(Path.Join(BuiltModule.Folder, "deps", "runtimes"));

        Assert.Single(runtimes);
    }
}
