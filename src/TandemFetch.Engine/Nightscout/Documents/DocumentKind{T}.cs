using System.Reflection;
using System.Text.RegularExpressions;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>A kind whose rows have the columns that the properties of <typeparamref name="T"/> name.</summary>
/// <typeparam name="T">A row.</typeparam>
internal abstract partial class DocumentKind<T>(
    string name, NightscoutContent content, string collection, string statement, int version = 1)
    : DocumentKind(name, content, collection, statement, version)
    where T : DocumentRow
{
    private const string Batch = "FROM nightscout_outgoing WHERE number BETWEEN $first AND $last ORDER BY number";

    private static readonly string[] ColumnNames =
    [
        .. typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(property => Capital().Replace(property.Name, "_$1").ToLowerInvariant()),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Columns => ColumnNames;

    /// <inheritdoc/>
    public override IReadOnlyList<DocumentRow> Read(TandemDatabase database, long first, long last) =>
        database.Query<T>(Batch, new { first, last });

    /// <inheritdoc/>
    public override void Write(DocumentRow row, DocumentWriter json) => Write((T)row, json);

    /// <summary>Writes a row's document.</summary>
    protected abstract void Write(T row, DocumentWriter json);

    [GeneratedRegex("(?<!^)([A-Z])")]
    private static partial Regex Capital();
}
