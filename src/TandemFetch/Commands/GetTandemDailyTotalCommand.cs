using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the totals of each day, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemDailyTotal")]
[OutputType(typeof(DailyTotal))]
public sealed class GetTandemDailyTotalCommand : RecordCommand<DailyTotal>;
