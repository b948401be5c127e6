using System.Reflection;
using System.Reflection.PortableExecutable;
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

    /// <summary>
    /// A runtime refuses an assembly with the code of another platform, so there may be only this platform's; a release
    /// has it, and a debug build does not wait for it to be compiled.
    /// </summary>
    [Fact]
    public void The_assemblies_have_the_code_of_this_platform_in_a_release_and_of_none_otherwise()
    {
        var isRelease = typeof(ImportTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration == "Release";
        var managed = Directory.GetFiles(BuiltModule.Folder, "*.dll", SearchOption.AllDirectories)
            .Where(path => !path.Contains("native", StringComparison.Ordinal))
            .Select(path => (Name: Path.GetFileNameWithoutExtension(path), Machine: MachineOf(path)))
            .ToList();
        var precompiled = managed.Where(assembly => assembly.Machine is not null).ToList();

        Assert.All(precompiled, assembly => Assert.Equal(MachineOf(typeof(object).Assembly.Location), assembly.Machine));
        Assert.Equal(
            isRelease
                ? ["Dapper", "DuckDB.NET.Bindings", "DuckDB.NET.Data", "Polly.Core", "TandemFetch", "TandemFetch.Engine",
                    "TandemFetch.Import", "TandemFetch.Records", "Tomlyn"]
                : [],
            precompiled.Select(assembly => assembly.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>The platform whose code an assembly contains; null if it contains none.</summary>
    private static Machine? MachineOf(string path)
    {
        using var assembly = new PEReader(File.OpenRead(path));
        return assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0
            ? assembly.PEHeaders.CoffHeader.Machine
            : null;
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
