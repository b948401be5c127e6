using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets sessions of the glucose sensor, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemCgmSession")]
[OutputType(typeof(CgmSession))]
public sealed class GetTandemCgmSessionCommand : TimedRecordCommand<CgmSession>;
