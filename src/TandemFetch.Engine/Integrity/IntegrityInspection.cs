using TandemFetch.Engine.Pipeline;
using TandemFetch.Engine.Storage;
using TandemFetch.Engine.Tables;
using TandemFetch.Records;

namespace TandemFetch.Engine.Integrity;

/// <summary>
/// Checks that the contents of a file are consistent. It only reads, and each check is a separate query.
/// </summary>
/// <param name="database">An open file.</param>
/// <param name="observer">Receives progress and messages.</param>
public sealed class IntegrityInspection(TandemDatabase database, IRunObserver observer)
{
    private const string Activity = "Test database";

    private static readonly string PrepareChecks =
        SqlResource.Read("TandemFetch.Engine.Integrity.Statements.prepare_checks.sql");

    private static readonly string ListWaiting =
        SqlResource.Read("TandemFetch.Engine.Integrity.Statements.list_waiting.sql");

    private readonly SecondDerivation _derivation = new(database);
    private readonly Dictionary<string, bool> _proofs = [];

    /// <summary>Runs the checks, one result each.</summary>
    /// <param name="cancellationToken">Interrupts the running check.</param>
    /// <exception cref="TandemException">One of <see cref="DatabaseErrors"/>: the file cannot be read.</exception>
    public IEnumerable<IntegrityCheck> Run(CancellationToken cancellationToken) =>
        Run(IntegrityQuestion.All, cancellationToken);

    /// <summary>Runs only the checks of these names.</summary>
    internal IEnumerable<IntegrityCheck> Run(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        Run([.. IntegrityQuestion.All.Where(question => names.Contains(question.Name))], cancellationToken);

    private IEnumerable<IntegrityCheck> Run(IReadOnlyList<IntegrityQuestion> questions, CancellationToken cancellationToken)
    {
        using var interrupt = database.InterruptOn(cancellationToken);
        using var limit = database.LimitMemory(MemoryLimit.OfChecks);
        Prepare();
        for (var index = 0; index < questions.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            observer.Progress(new RunProgress(Activity, questions[index].Name, index, questions.Count, null));
            yield return Ask(questions[index], limit, cancellationToken);
        }

        observer.Progress(new RunProgress(Activity, "Done", questions.Count, questions.Count, null));
    }

    /// <summary>Runs a check. If its memory does not suffice, it gets that of queries, as do those after it.</summary>
    private IntegrityCheck Ask(IntegrityQuestion question, IDisposable limit, CancellationToken cancellationToken)
    {
        try
        {
            return Ask(question, cancellationToken);
        }
        catch (TandemException failure) when (failure.ErrorId == DatabaseErrors.OutOfMemory)
        {
            observer.Verbose($"The check {question.Name} needs more memory than usual and is repeated with more.");
            limit.Dispose();
            return Ask(question, cancellationToken);
        }
    }

    private IntegrityCheck Ask(IntegrityQuestion question, CancellationToken cancellationToken)
    {
        if (question.DerivedAgain is { } table)
        {
            _derivation.Find(table, cancellationToken);
        }

        var answer = IsProven(question.Proof)
            ? new Answer(0, null)
            : database.Query<Answer>(
                $"SELECT count(*) AS violations, to_json(min(key, 5)) AS keys FROM (\n{question.Sql})")[0];
        return new IntegrityCheck
        {
            Name = question.Name,
            Severity = question.IsFault ? IntegritySeverity.Fault : IntegritySeverity.Note,
            Count = answer.Violations,
            SampleKeys = answer.Keys is null ? [] : System.Text.Json.JsonSerializer.Deserialize<string[]>(answer.Keys)!,
            Description = question.Description,
        };
    }

    /// <summary>
    /// The versions of this module's rules, for the check that compares them. A temporary table is not part of the
    /// file.
    /// </summary>
    private void ListCurrentVersions()
    {
        database.Execute(
            "CREATE OR REPLACE TEMP TABLE current_versions "
            + "(stage VARCHAR, version VARCHAR, device_assignment_id VARCHAR, table_name VARCHAR)");
        foreach (var pump in new PumpStore(database).All())
        {
            foreach (var version in ParseStage.Versions(pump).Concat(DeriveStage.Versions(pump)))
            {
                database.Execute(
                    "INSERT INTO current_versions VALUES ($Stage, $Version, $DeviceAssignmentId, $Table)", version);
            }
        }
    }

    /// <summary>Stores in temporary tables what several checks use.</summary>
    private void Prepare()
    {
        database.Execute(TableMacros.Script);
        ListCurrentVersions();
        database.Execute(PrepareChecks);
        if (database.Scalar<bool>("SELECT EXISTS (FROM bookkeeping.newer_assignments)"))
        {
            database.Execute("INSERT INTO repeated_raw SELECT id, repeated_by FROM bookkeeping.repeated_entries");
        }

        database.Execute(ListWaiting);
    }

    /// <summary>Whether a statement that takes less time shows that a check finds nothing.</summary>
    private bool IsProven(string? proof)
    {
        if (proof is null)
        {
            return false;
        }

        if (!_proofs.TryGetValue(proof, out var isProven))
        {
            isProven = database.Scalar<bool>(proof);
            _proofs.Add(proof, isProven);
        }

        return isProven;
    }

    private sealed record Answer(long Violations, string? Keys);
}
