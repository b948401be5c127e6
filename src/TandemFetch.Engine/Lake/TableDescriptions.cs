using System.Security.Cryptography;
using TandemFetch.Engine.Schema;
using TandemFetch.Engine.Storage;

namespace TandemFetch.Engine.Lake;

/// <summary>
/// Writes the empty file of each table and its description where they are missing, damaged or of an older version.
/// They are the same for all pumps, so a run looks at them once.
/// </summary>
/// <param name="request">How the pumps are published.</param>
internal sealed class TableDescriptions(LakeRequest request)
{
    private readonly HashSet<string> _written = [];

    /// <summary>Makes sure that a table is described.</summary>
    /// <param name="session">A session in which the table has its columns.</param>
    /// <param name="table">The table.</param>
    /// <param name="staging">A folder of the lake in which files can be written.</param>
    public void Ensure(TandemDatabase session, LakeTable table, string staging)
    {
        if (_written.Contains(table.Name))
        {
            return;
        }

        var content = LakeJson.Write(TableDescription.Of(table, Migration.Newest));
        if (!IsDescribed(session, table.Name, content))
        {
            Write(session, table, staging, content);
        }

        _written.Add(table.Name);
    }

    private bool IsDescribed(TandemDatabase session, string table, byte[] content) =>
        LakeJson.ReadIfValid<TableDescription>(request.Lake.DescriptionOf(table)) is { } found
        && ParquetFile.IsReadable(session, request.Lake.EmptyFileOf(table))
        && (found.SchemaVersion > Migration.Newest || LakeJson.Write(found).AsSpan().SequenceEqual(content));

    private void Write(TandemDatabase session, LakeTable table, string staging, byte[] content)
    {
        var lake = request.Lake;
        LakeFiles.CreateFolder(lake, lake.Tables);
        LakeFiles.CreateFolder(lake, staging);
        var empty = Path.Join(staging, table.Name + ".empty");
        LakeFiles.Create(lake, empty);
        ParquetFile.Write(session, $"FROM ({table.Rows}) WHERE false", empty);
        LakeFiles.Flush(empty);
        var sha256 = Hex.Of(SHA256.HashData(File.ReadAllBytes(empty)));
        LakeFiles.Place(empty, lake.EmptyFileOf(table.Name), sha256, request.ShiftsDates);
        LakeFiles.Write(lake, lake.DescriptionOf(table.Name), content, hidesTime: request.ShiftsDates);
    }
}
