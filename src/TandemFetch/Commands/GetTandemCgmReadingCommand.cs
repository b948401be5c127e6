using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets glucose readings, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemCgmReading")]
[OutputType(typeof(CgmReading))]
public sealed class GetTandemCgmReadingCommand : TimedRecordCommand<CgmReading>;
