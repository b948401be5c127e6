using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets periods of sleep, exercise and eating soon, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemUserMode")]
[OutputType(typeof(UserMode))]
public sealed class GetTandemUserModeCommand : TimedRecordCommand<UserMode>;
