using System.Management.Automation;
using TandemFetch.Hosting;
using TandemFetch.Records;

namespace TandemFetch.Commands;

/// <summary>Gets cartridge, tubing and cannula fills, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "TandemSiteChange")]
[OutputType(typeof(SiteChange))]
public sealed class GetTandemSiteChangeCommand : TimedRecordCommand<SiteChange>;
