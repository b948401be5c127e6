using System.Collections;
using System.Collections.Specialized;
using System.Data;
using System.Management.Automation;
using TandemFetch.Engine;
using TandemFetch.Engine.Lake;
using TandemFetch.Engine.Queries;
using TandemFetch.Engine.Storage;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>
/// Runs SQL on the database and emits the rows as they are read. Without <c>-AllowWrite</c>, a query can only read: it
/// cannot change the database or write any other file. It can read other files, for example with <c>read_csv</c>.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "TandemQuery", SupportsShouldProcess = true, DefaultParameterSetName = FromText)]
[OutputType(typeof(QueryRow), typeof(DataTable), typeof(OrderedDictionary), typeof(object))]
public sealed class InvokeTandemQueryCommand : StoredDataCommand
{
    private const string FromText = "Text";
    private const string FromObjects = "Objects";
    private const string FromFile = "File";

    private TandemDatabase? _database;
    private QueryRunner? _runner;
    private string? _fileText;

    /// <summary>
    /// One or more SQL statements; also from the pipeline. Write them in single quotes, so that <c>$name</c> stays a
    /// parameter.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = FromText)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FromObjects)]
    [ArgumentCompleter(typeof(SqlCompleter))]
    [ValidateNotNullOrEmpty]
    public string Query { get; set; } = "";

    /// <summary>
    /// Path of a UTF-8 file with the SQL, without wildcards. A relative path is relative to the current location.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FromFile)]
    [ValidateNotNullOrEmpty]
    public string InputFile { get; set; } = "";

    /// <summary>Values of the query's parameters: <c>@{ name = value }</c> for <c>$name</c>.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNull]
    public IDictionary Parameter { get; set; } = new Hashtable();

    /// <summary>
    /// Objects whose properties provide the values of the query's parameters. The query runs once for each object.
    /// </summary>
    [Parameter(ValueFromPipeline = true, ParameterSetName = FromObjects)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = FromFile)]
    public PSObject? InputObject { get; set; }

    /// <summary>The kind of output.</summary>
    [Parameter]
    public QueryOutput As { get; set; }

    /// <summary>Allows the query to change the database.</summary>
    [Parameter]
    public SwitchParameter AllowWrite { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        if (ParameterSetName == FromFile)
        {
            _fileText = QueryFile.Read(InputFile, SessionState.Path);
        }
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        var text = _fileText ?? Query;
        if (AllowWrite && Lake is not null)
        {
            throw new TandemException(
                LakeErrors.NeedsDatabase,
                TandemErrorKind.InvalidArgument,
                "Queries cannot change a lake; Publish-TandemLake writes it. Omit -AllowWrite or -Lake.",
                Lake);
        }

        if (AllowWrite && !ShouldProcess(ResolveDatabasePath(), $"Run a query that may write: {text}"))
        {
            return;
        }

        _runner ??= OpenRunner();
        var request = new QueryRequest(text)
        {
            Parameters = Parameter.Keys.Cast<object>().ToDictionary(
                key => LanguagePrimitives.ConvertTo<string>(key).TrimStart('$'),
                key => Unwrap(Parameter[key]),
                StringComparer.OrdinalIgnoreCase),
            MoreParameters = TryGetProperty,
            AllowWrite = AllowWrite,
            IsFromFile = _fileText is not null,
            OnRowsAffected = rows => WriteVerbose($"{Quantity.Of(rows, "row")} affected."),
        };
        try
        {
            foreach (var result in _runner.Run(request, StopToken))
            {
                Write(result);
            }
        }
        catch (TandemException failure)
        {
            WriteFailure(failure);
        }
    }

    /// <inheritdoc/>
    protected override void End() => _database?.Dispose();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _database?.Dispose();
        base.Dispose(disposing);
    }

    private QueryRunner OpenRunner()
    {
        // Only a backfill creates the file; here it is opened for reading, and a missing one is reported.
        _database = AllowWrite && File.Exists(ResolveDatabasePath()) ? OpenDatabase(DatabaseAccess.Write) : OpenDerived();
        return new QueryRunner(_database);
    }

    private void Write(QueryResult result)
    {
        switch (As)
        {
            case QueryOutput.DataTable:
                WriteObject(ToTable(result));
                break;
            case QueryOutput.Scalar:
                foreach (var values in result.Values().Take(1))
                {
                    WriteObject(values[0]);
                }

                break;
            case QueryOutput.Dictionary:
                foreach (var values in result.Values())
                {
                    WriteObject(ToDictionary(result.Names, values));
                }

                break;
            default:
                foreach (var row in result.Rows())
                {
                    WriteObject(row);
                }

                break;
        }
    }

    private static DataTable ToTable(QueryResult result)
    {
        var table = new DataTable { Locale = System.Globalization.CultureInfo.InvariantCulture };
        foreach (var (name, type) in result.Names.Zip(result.Types))
        {
            table.Columns.Add(name, Nullable.GetUnderlyingType(type) ?? type);
        }

        foreach (var values in result.Values())
        {
            table.Rows.Add(Array.ConvertAll(values, value => value ?? DBNull.Value));
        }

        return table;
    }

    private static OrderedDictionary ToDictionary(IReadOnlyList<string> names, object?[] values)
    {
        var row = new OrderedDictionary(values.Length, StringComparer.OrdinalIgnoreCase);
        for (var place = 0; place < values.Length; place++)
        {
            row.Add(names[place], values[place]);
        }

        return row;
    }

    private bool TryGetProperty(string name, out object? value)
    {
        value = null;
        if (InputObject?.BaseObject is IDictionary members)
        {
            var found = members.Keys.Cast<object>().FirstOrDefault(key => string.Equals(key.ToString(), name, StringComparison.OrdinalIgnoreCase));
            value = found is null ? null : Unwrap(members[found]);
            return found is not null;
        }

        if (InputObject?.Properties[name] is not { } property)
        {
            return false;
        }

        value = Unwrap(property.Value);
        return true;
    }

    private static object? Unwrap(object? value) => value switch
    {
        PSObject { BaseObject: not PSCustomObject } wrapped => Unwrap(wrapped.BaseObject),
        IList items and not byte[] => items.Cast<object?>().Select(Unwrap).ToArray(),
        _ => value,
    };
}
