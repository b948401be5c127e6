using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets glucose values entered for a bolus or a calibration, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemBgReading")]
[OutputType(typeof(BgReading))]
public sealed class GetTandemBgReadingCommand : TimedRecordCommand<BgReading>;
