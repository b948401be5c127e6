using System.Collections;
using System.Data;
using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.OwnTables;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Stores objects of your own, such as meals, exercise or ketones, in a table of the database. The tables are in the
/// schema <c>own</c>, apart from the pump's data, and are kept when that is rebuilt.
/// </summary>
[Cmdlet(VerbsCommunications.Write, "TandemTable", SupportsShouldProcess = true)]
[OutputType(typeof(DatabaseTable))]
public sealed class WriteTandemTableCommand : DatabaseCommand
{
    private readonly OwnRows _rows = new();
    private string _table = "";

    /// <summary>
    /// The name of the table: letters, digits and <c>_</c>. In queries it is called <c>own.meals</c>, for example.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Table { get; set; } = "";

    /// <summary>
    /// The objects: each property is a column. Hashtables and the rows of a <c>DataTable</c> are objects, too.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Replaces the table instead of adding to it.</summary>
    [Parameter]
    public SwitchParameter Replace { get; set; }

    /// <summary>
    /// Columns whose text stays text, even if all of it looks like numbers, times or truth values; with wildcards.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] TextColumn { get; set; } = [];

    /// <inheritdoc/>
    protected override void Begin()
    {
        _table = OwnTableWriter.NameOf(Table);
        ResolveDatabasePath();
    }

    // The file is opened only when all objects are there, which may come from a query of the same file.
    /// <inheritdoc/>
    protected override void Process()
    {
        var items = InputObject?.BaseObject is { } input and not IDictionary
            ? LanguagePrimitives.GetEnumerable(input)
            : null;
        if (items is null)
        {
            Add(InputObject);
            return;
        }

        foreach (var item in items)
        {
            Add(item is null ? null : PSObject.AsPSObject(item));
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (_rows.Count == 0)
        {
            WriteWarning($"There were no objects to store, so {_table} is unchanged.");
            return;
        }

        var path = ResolveDatabasePath();
        var rows = Quantity.Of(_rows.Count, "row");
        if (!ShouldProcess($"{_table} in '{path}'", Replace ? $"Replace the table by {rows}" : $"Add {rows}"))
        {
            return;
        }

        // Only a backfill creates the file; here it is opened for reading, and a missing one is reported.
        using var database = OpenDatabase(File.Exists(path) ? DatabaseAccess.Write : DatabaseAccess.Read);
        var patterns = Array.ConvertAll(TextColumn, name => WildcardPattern.Get(name, NameWildcards));
        var written = new OwnTableWriter(database).Write(
            _rows, _table, Replace, column => Array.Exists(patterns, pattern => pattern.IsMatch(column)), StopToken);
        WriteInformation($"Stored {rows} in {written.Table}, which now has {written.Rows:N0}.", ["TandemFetch"]);
        WriteObject(written);
    }

    private void Add(PSObject? item)
    {
        if (item is not null)
        {
            _rows.Add(PropertiesOf(item));
        }
    }

    private IEnumerable<KeyValuePair<string, object?>> PropertiesOf(PSObject item) => item.BaseObject switch
    {
        IDictionary members => members.Keys.Cast<object>()
            .Select(key => KeyValuePair.Create(key.ToString() ?? "", Unwrap(members[key]))),
        DataRow row => row.Table.Columns.Cast<DataColumn>()
            .Select(column => KeyValuePair.Create(column.ColumnName, Unwrap(row[column]))),
        string or ValueType => throw _rows.Invalid(
            $"{_rows.Place} is a {item.BaseObject.GetType().Name}, which has no properties of its own. "
            + "Pass objects or hashtables, such as @{ timestamp = Get-Date; carbs = 30 }."),
        _ => item.Properties
            .Where(property => property.IsGettable && property.MemberType != PSMemberTypes.AliasProperty)
            .Select(property => KeyValuePair.Create(property.Name, Unwrap(property.Value))),
    };

    private static object? Unwrap(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
