using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets the personal profiles in each version of the pumps' settings, oldest version first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemProfile")]
[OutputType(typeof(Profile))]
public sealed class GetTandemProfileCommand : RecordCommand<Profile>;
