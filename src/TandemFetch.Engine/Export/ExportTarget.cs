using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Export;

/// <summary>
/// The target of an export: it is written under a temporary name beside its own and renamed when it is complete, so
/// that nobody ever sees a partial file and an existing one is kept until then.
/// </summary>
internal sealed class ExportTarget : IDisposable
{
    private readonly ExportRequest _request;

    private ExportTarget(ExportRequest request)
    {
        _request = request;
        var folder = Path.GetDirectoryName(request.Path)!;
        Directory.CreateDirectory(folder);
        PartialPath = Path.Join(folder, PartialName.New(Path.GetFileName(request.Path)));

        // DuckDB writes into what exists, and would give a file of its own the rights that are usual for this user.
        if (IsFolder)
        {
            OwnerOnly.CreateFolder(PartialPath);
        }
        else
        {
            OwnerOnly.CreateFile(PartialPath).Dispose();
        }
    }

    /// <summary>Where to write.</summary>
    public string PartialPath { get; }

    /// <summary>Where to write what has yet to be turned into the file itself.</summary>
    public string DraftPath => PartialPath + ".draft";

    private bool IsFolder => _request.PartitionBy.Count > 0;

    /// <summary>Checks that the export can be written and that it overwrites nothing unintentionally.</summary>
    /// <exception cref="TandemException">One of <see cref="ExportErrors"/>.</exception>
    public static ExportTarget Prepare(ExportRequest request, string databasePath)
    {
        if (FileIdentity.IsDatabase(request.Path, databasePath))
        {
            throw new TandemException(
                ExportErrors.PathInvalid, TandemErrorKind.InvalidArgument, $"'{request.Path}' is the database itself. Specify another file with -Path.", request.Path);
        }

        PartialName.RemoveAbandoned(request.Path);
        SpillFolder.RemoveEmpty(databasePath);
        CheckExisting(request);
        return new ExportTarget(request);
    }

    /// <summary>Gives what was written its final name.</summary>
    /// <returns>The files.</returns>
    public IReadOnlyList<FileInfo> Complete()
    {
        if (IsFolder)
        {
            foreach (var file in Directory.EnumerateFiles(PartialPath, "*", SearchOption.AllDirectories))
            {
                OwnerOnly.Restrict(file);
            }

            ReplaceFolder();
            return new DirectoryInfo(_request.Path).GetFiles("*", SearchOption.AllDirectories);
        }

        OwnerOnly.KeepMode(PartialPath, _request.Path);
        File.Move(PartialPath, _request.Path, _request.Force);
        return [new FileInfo(_request.Path)];
    }

    /// <summary>Removes what is incomplete.</summary>
    public void Dispose()
    {
        if (Directory.Exists(PartialPath))
        {
            Directory.Delete(PartialPath, recursive: true);
        }

        File.Delete(DraftPath);
        File.Delete(PartialPath);
    }

    private static void CheckExisting(ExportRequest request)
    {
        var isFolder = request.PartitionBy.Count > 0;
        if (!Path.Exists(request.Path) || (isFolder && Directory.Exists(request.Path) && !Directory.EnumerateFileSystemEntries(request.Path).Any()))
        {
            return;
        }

        if (!request.Force || Directory.Exists(request.Path) != isFolder)
        {
            throw new TandemException(
                ExportErrors.Exists,
                TandemErrorKind.InvalidArgument,
                Directory.Exists(request.Path) != isFolder
                    ? $"'{request.Path}' is a {(isFolder ? "file" : "folder")}, and the export would be a {(isFolder ? "folder" : "file")}. Specify another path with -Path."
                    : $"'{request.Path}' already exists and was left unchanged. Use -Force to replace it.",
                request.Path);
        }

        if (isFolder && Foreign(request.Path) is { } foreign)
        {
            throw new TandemException(
                ExportErrors.FolderForeign,
                TandemErrorKind.InvalidArgument,
                $"'{request.Path}' contains something other than an export, such as {foreign}, and was left unchanged. Specify another folder with -Path.",
                request.Path);
        }
    }

    /// <summary>
    /// Finds something that no export has written: -Force must not delete a folder that is used for something else.
    /// </summary>
    private static string? Foreign(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith(".parquet", StringComparison.Ordinal)))
        .Concat(Directory.EnumerateDirectories(folder).Where(part => !Path.GetFileName(part).Contains('=', StringComparison.Ordinal)))
        .Select(Path.GetFileName).FirstOrDefault();

    private void ReplaceFolder()
    {
        var old = PartialPath + PartialName.Replaced;
        if (Directory.Exists(_request.Path))
        {
            Directory.Move(_request.Path, old);
        }

        Directory.Move(PartialPath, _request.Path);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }
}
