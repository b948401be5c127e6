using System.Runtime.InteropServices;
using TandemFetch.Engine.Export;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tests.Support;
using TandemFetch.Records;

namespace TandemFetch.Engine.Tests.Reliability;

/// <summary>A file is the same file under all of its names.</summary>
public sealed partial class LinkedFileTests : IDisposable
{
    private readonly TestDatabase _file = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tandem-links-");

    public enum Link
    {
        ToFile,
        ToFolder,
        ToLink,
        ThroughParent,
        Hard,
    }

    public static TheoryData<Link> Links => [.. Enum.GetValues<Link>()];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _file.Dispose();
    }

    [Theory]
    [MemberData(nameof(Links))]
    public async Task A_second_writer_under_another_name_is_kept_out(Link link)
    {
        (await _file.OpenAsync()).Dispose();
        var other = Make(link);
        using (await _file.OpenAsync())
        {
            var refusal = await Assert.ThrowsAsync<TandemException>(() => WriteAsync(other));
            Assert.Equal(DatabaseErrors.Locked, refusal.ErrorId);
        }

        (await WriteAsync(other)).Dispose();
    }

    [Theory]
    [MemberData(nameof(Links))]
    public async Task A_reader_under_another_name_sees_what_is_committed_and_what_it_leaves_is_kept(Link link)
    {
        (await _file.OpenAsync()).Dispose();
        var other = Make(link);
        using (var writer = await _file.OpenAsync())
        {
            writer.Execute("INSERT INTO bookkeeping.changed_days VALUES ('one', NULL)");
            using (var reader = await DatabaseFile.OpenAsync(other, DatabaseAccess.Read, TimeSpan.Zero, Cancellation))
            {
                Assert.Equal(["one"], reader.Query<string>("SELECT device_assignment_id FROM bookkeeping.changed_days"));
            }

            writer.Execute("INSERT INTO bookkeeping.changed_days VALUES ('two', NULL)");
        }

        using (var writer = await WriteAsync(other))
        {
            writer.Execute("INSERT INTO bookkeeping.changed_days VALUES ('three', NULL)");
        }

        Assert.Equal(
            ["one", "two", "three"], await _file.QueryAsync<string>("SELECT device_assignment_id FROM bookkeeping.changed_days"));
        Assert.Equal(0, OpenFiles.Count(_file.Path));
    }

    [Theory]
    [MemberData(nameof(Links))]
    public async Task A_writer_under_another_name_is_refused_while_the_file_is_read(Link link)
    {
        (await _file.OpenAsync()).Dispose();
        var other = Make(link);
        using var reader = await _file.OpenAsync(DatabaseAccess.Read);

        var refusal = await Assert.ThrowsAsync<TandemException>(() => WriteAsync(other));

        Assert.Equal(DatabaseErrors.InUse, refusal.ErrorId);
    }

    [Theory]
    [MemberData(nameof(Links))]
    public async Task An_export_does_not_replace_the_database_under_any_name(Link link)
    {
        (await _file.OpenAsync()).Dispose();
        var other = Make(link);
        using var database = await _file.OpenAsync(DatabaseAccess.Read);
        var request = new ExportRequest { Table = "pumps", Path = other, Format = ExportFormat.Csv, Force = true };

        var refusal = Assert.Throws<TandemException>(() => new DataExporter(database).Export(request, Cancellation));

        Assert.Equal(ExportErrors.PathInvalid, refusal.ErrorId);
        Assert.Equal(0, database.Scalar<long>("SELECT count(*) FROM pumps"));
    }

    [Fact]
    public async Task A_file_that_a_link_leads_to_is_made_where_the_link_says()
    {
        var link = Path.Combine(_folder.FullName, "link.db");
        File.CreateSymbolicLink(link, _file.Path);

        (await WriteAsync(link)).Dispose();

        Assert.True(File.Exists(_file.Path));
        Assert.Equal(_file.Path, new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void Links_that_lead_in_a_circle_lead_nowhere()
    {
        var (one, other) = (Path.Combine(_folder.FullName, "one"), Path.Combine(_folder.FullName, "other"));
        File.CreateSymbolicLink(one, other);
        File.CreateSymbolicLink(other, one);

        Assert.Equal(one, FileIdentity.Resolve(one));
    }

    private static Task<TandemDatabase> WriteAsync(string path) =>
        DatabaseFile.OpenAsync(path, DatabaseAccess.Write, TimeSpan.Zero, Cancellation);

    private string Make(Link link)
    {
        var (folder, name) = (Path.GetDirectoryName(_file.Path)!, Path.GetFileName(_file.Path));
        var path = Path.Combine(_folder.FullName, "other");
        switch (link)
        {
            case Link.ToFile:
                File.CreateSymbolicLink(path, _file.Path);
                return path;
            case Link.ToFolder:
                Directory.CreateSymbolicLink(path, folder);
                return Path.Combine(path, name);
            case Link.ToLink:
                File.CreateSymbolicLink(path, _file.Path);
                File.CreateSymbolicLink(path + ".2", "other");
                return path + ".2";
            case Link.ThroughParent:
                Directory.CreateDirectory(Path.Combine(folder, "inner"));
                Directory.CreateSymbolicLink(path, Path.Combine(folder, "inner"));
                File.CreateSymbolicLink(path + ".2", Path.Combine("other", "..", name));
                return path + ".2";
            default:
                MakeHardLink(_file.Path, path);
                return path;
        }
    }

    private static void MakeHardLink(string target, string path)
    {
        var isMade = OperatingSystem.IsWindows()
            ? CreateHardLink(path, target, 0)
            : MakeHardLinkOnUnix(target, path) == 0;
        Assert.True(isMade);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeHardLinkOnUnix(string target, string path);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string path, string target, nint security);
}
