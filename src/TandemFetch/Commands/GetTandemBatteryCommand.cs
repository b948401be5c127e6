using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the charge of the pump's battery, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemBattery")]
[OutputType(typeof(BatteryLevel))]
public sealed class GetTandemBatteryCommand : TimedRecordCommand<BatteryLevel>;
