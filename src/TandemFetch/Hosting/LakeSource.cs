using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Lake;

namespace TandemFetch.Hosting;

/// <summary>The lake that a command reads instead of the database.</summary>
internal static class LakeSource
{
    /// <summary>The folder of a lake.</summary>
    /// <param name="command">The command.</param>
    /// <param name="lake">The folder as the user wrote it.</param>
    /// <param name="database">What <c>-Database</c> specifies, which must be nothing.</param>
    /// <exception cref="TandemException">
    /// <c>LakeConflict</c>: both are specified. <c>LakePathInvalid</c>: it is not in the file system.
    /// </exception>
    public static LakeFolder Folder(PSCmdlet command, string lake, string? database) => database is null
        ? Folder(lake, command.SessionState.Path)
        : throw new TandemException(
            "LakeConflict",
            TandemErrorKind.InvalidArgument,
            "-Lake and -Database both specify what is read. Use only one of them.",
            lake);

    /// <summary>The folder of a lake.</summary>
    /// <param name="lake">The folder as the user wrote it.</param>
    /// <param name="paths">The drives and the current location.</param>
    /// <exception cref="TandemException"><c>LakePathInvalid</c>: it is not in the file system.</exception>
    public static LakeFolder Folder(string lake, PathIntrinsics paths) => new(Path.TrimEndingDirectorySeparator(
        DatabaseCommand.ResolvePath(lake, paths, cause => new TandemException(
            "LakePathInvalid",
            TandemErrorKind.InvalidArgument,
            $"'{lake}' is not a path in the file system. Specify the folder of a lake.",
            lake,
            cause))));
}
