using System.Globalization;
using TandemFetch.Engine.Storage;
using TandemFetch.Records;

namespace TandemFetch.Engine.Nightscout.Documents;

/// <summary>
/// One kind of documents: the SQL file that selects its rows, and how a row becomes a document. Its name is part of the
/// identifiers of its documents and never changes.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="content">The content to which it belongs.</param>
/// <param name="collection">The collection that keeps it.</param>
/// <param name="statement">The name of the SQL file.</param>
/// <param name="version">Increase this when the mapping changes, so that all documents are sent again.</param>
internal abstract class DocumentKind(
    string name, NightscoutContent content, string collection, string statement, int version = 1)
{
    public const string Entries = "entries";
    public const string Treatments = "treatments";
    public const string DeviceStatus = "devicestatus";
    public const string Profile = "profile";

    private const string Folder = "TandemFetch.Engine.Nightscout";

    private readonly Lazy<string> _documents = new(() => SqlResource.Read($"{Folder}.Statements.documents.sql")
        .Replace("{select}", SqlResource.Read($"{Folder}.Documents.{statement}.sql"), StringComparison.Ordinal));

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The content to which it belongs.</summary>
    public NightscoutContent Content => content;

    /// <summary>The collection that keeps it.</summary>
    public string Collection => collection;

    /// <summary>The version of its mapping.</summary>
    public int Version => version;

    /// <summary>How many documents one request has.</summary>
    public int BatchSize => collection switch
    {
        // One at a time, by PUT.
        Profile => 1,

        // The server's limit is 1 MB.
        DeviceStatus => 500,
        _ => 1000,
    };

    /// <summary>
    /// Whether one document of ours combines several that another uploader may have written only in part, so that only
    /// the first of them counts.
    /// </summary>
    public virtual bool IsWrittenInParts => false;

    /// <summary>The columns, besides pump, zone and time, from which a document is made.</summary>
    protected abstract IReadOnlyList<string> Columns { get; }

    /// <summary>The statement that lists what the site should have of it.</summary>
    public string Want => Fill("want");

    /// <summary>The statement that lists what is to be sent of it.</summary>
    public string Outgoing => Fill("outgoing");

    // A site has one entry for each moment and one device status for each pump and moment.
    private string Place => collection switch
    {
        Entries => "time_ms",
        DeviceStatus => "pump, time_ms",
        _ => "pump, log_position",
    };

    // Plain text of plain values: the same in every release of DuckDB.
    private string Hash => $"md5_number_lower(concat_ws(chr(31), '{name} {version}', time_zone, time_ms, "
        + string.Join(", ", Columns.Select(column => $"coalesce({column}::VARCHAR, '')")) + "))";

    /// <summary>The stable key of a document, which treatments carry as their <c>identifier</c>.</summary>
    public string IdentifierOf(string pump, long position) =>
        string.Create(
            CultureInfo.InvariantCulture, $"tandemfetch-{pump}-{name.ToLowerInvariant()}-{position}");

    /// <summary>Reads the documents that are to be sent.</summary>
    public abstract IReadOnlyList<DocumentRow> Read(TandemDatabase database, long first, long last);

    /// <summary>Writes a row's document.</summary>
    public abstract void Write(DocumentRow row, DocumentWriter json);

    /// <summary>Whether a treatment of another uploader shows the same kind of thing.</summary>
    public virtual bool IsLike(string eventType) => false;

    private string Fill(string statementName) => SqlResource.Read($"{Folder}.Statements.{statementName}.sql")
        .Replace("{documents}", _documents.Value, StringComparison.Ordinal)
        .Replace("{hash}", Hash, StringComparison.Ordinal)
        .Replace("{place}", Place, StringComparison.Ordinal)
        .Replace("{kind}", name, StringComparison.Ordinal)
        .Replace("{collection}", collection, StringComparison.Ordinal);
}
