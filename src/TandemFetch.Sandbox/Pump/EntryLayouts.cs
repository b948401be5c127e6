namespace TandemFetch.Sandbox.Pump;

/// <summary>
/// The entries that the synthetic pump writes. Property order is that of captured responses, as far as there are any. A
/// suffix gives the kind: <c>:u</c> unsigned, <c>:f</c> single precision, <c>:b</c> bitmask, none signed.
/// </summary>
internal static class EntryLayouts
{
    private const string CgmProperties =
        "glucoseValueStatus cgmDataType:b rate algorithmState rssi currentGlucoseDisplayValue egvTimeStamp:u egvInfoBitmask:b interval reservedD15";

    private const string ScheduleProperties =
        "sleepEatSegmentStartTime0 sleepEatSegmentStartTime1 sleepEatSegmentStartTime2 sleepEatSegmentStartTime3 "
        + "sleepEatSegmentType0 sleepEatSegmentType1 sleepEatSegmentType2 sleepEatSegmentType3";

    private const string CompletionProperties = "completionStatus bolusId iob:f insulinDelivered:f insulinRequested:f";

    private static readonly List<EntryLayout> Known = [];

    public static readonly EntryLayout TempRateActivated = Add(2, "percent:f duration:f tempRateId");
    public static readonly EntryLayout BasalRateChange = Add(3, "commandedBasalRate:f baseBasalRate:f maxBasalRate:f idp changeType:b");
    public static readonly EntryLayout AlertActivated = Add(4, "alertId:u faultLocatorData:u param1:u param2:f");
    public static readonly EntryLayout AlarmActivated = Add(5, "alarmId:u faultLocatorData:u param1:u param2:f");
    public static readonly EntryLayout MalfunctionActivated = Add(6, "malfId:u faultLocatorData:u param1:u param2:f");
    public static readonly EntryLayout AlarmAcknowledged = Add(8, "alarmId:u");
    public static readonly EntryLayout PumpingSuspended = Add(11, "preSuspendState:u insulinAmount suspendReason rpaTimeout");
    public static readonly EntryLayout PumpingResumed = Add(12, "preResumeState:u insulinAmount");
    public static readonly EntryLayout TimeChanged = Add(13, "timePrior:u timeAfter:u rawRtcTime:u");
    public static readonly EntryLayout DateChanged = Add(14, "datePrior:u dateAfter:u rawRtcTime:u");
    public static readonly EntryLayout TempRateCompleted = Add(15, "tempRateId timeLeft:u");
    public static readonly EntryLayout BgReading = Add(16, "bg cgmCalibration bgEntryType iob:f targetBg isf selectedIob bgSourceType");
    public static readonly EntryLayout BolusCompleted = Add(20, CompletionProperties);
    public static readonly EntryLayout ExtendedCompleted = Add(21, CompletionProperties);
    public static readonly EntryLayout AlertCleared = Add(26, "alertId:u faultLocatorData:u");
    public static readonly EntryLayout AlertAcknowledged = Add(27, "alertId:u");
    public static readonly EntryLayout AlarmCleared = Add(28, "alarmId:u");
    public static readonly EntryLayout CartridgeFilled = Add(33, "insulinVolume:u v2Volume:f");
    public static readonly EntryLayout UsbConnected = Add(36, "negotiatedCurrent:f");
    public static readonly EntryLayout UsbDisconnected = Add(37, "negotiatedCurrent:f");
    public static readonly EntryLayout BolusActivated = Add(55, "bolusId selectedIob spareA3 iob:f bolusSize:f");
    public static readonly EntryLayout ProfileAction2 =
        Add(57, "idp name8 name9 name10 name11 name12 name13 name14 name15");
    public static readonly EntryLayout ExtendedActivated = Add(59, "bolusId selectedIob spareA3 iob:f bolexSize:f");
    public static readonly EntryLayout CannulaFilled = Add(61, "primeSize:f completionStatus:u infusionSetType");
    public static readonly EntryLayout TubingFilled = Add(63, "primeSize:f completionStatus:u position:u");
    public static readonly EntryLayout BolusRequested1 = Add(64, "bolusId bolusType correctionBolusIncluded carbAmount bg iob:f carbRatio:u");
    public static readonly EntryLayout BolusRequested2 = Add(65, "bolusId options standardPercent duration spareB6 isf targetBg userOverride declinedCorrection selectedIob");
    public static readonly EntryLayout BolusRequested3 = Add(66, "bolusId spareA2 foodBolusSize:f correctionBolusSize:f totalBolusSize:f");
    public static readonly EntryLayout ProfileAction1 =
        Add(69, "idp status sourceIdp name0 name1 name2 name3 name4 name5 name6 name7");
    public static readonly EntryLayout DailyBasal =
        Add(81, "dailyTotalBasal:f lastBasalRate:f iob:f batteryLipoMilliVolts batteryChargePercent finalEventForDay");
    public static readonly EntryLayout NewDay = Add(90, "commandedBasalRate:f featuresBitmask:b featureBitmaskIndex:b");
    public static readonly EntryLayout ArmInit = Add(99, "version:u configABits:u configBBits:u numLogEntries:u");
    public static readonly EntryLayout BasalIqPeriodic = Add(140, "timestamp:u fmr pgv fmrStatus pgvValid ruleState:b hoMinState status:b");
    public static readonly EntryLayout CgmAlertActivatedOld = Add(171, "dalertId:u faultLocatorData:u param1:u param2:f");
    public static readonly EntryLayout CgmAlertClearedOld = Add(172, "dalertId:u");
    public static readonly EntryLayout VersionRecord = Add(191, "version:u configABits:u configBBits:u armCrc");
    public static readonly EntryLayout SessionStartG6 = Add(212, "currentTransmitterTime:u sessionStartTime:u sessionDuration");
    public static readonly EntryLayout SessionJoinG6 = Add(213, "currentTransmitterTime:u sessionStartTime:u sessionDuration sessionJoinReason");
    public static readonly EntryLayout SessionStopG6 = Add(214, "currentTransmitterTime:u sessionStartTime:u sessionStopTime:u sessionDuration sessionStopReason");
    public static readonly EntryLayout UserModeChange = Add(229, "currentUserMode previousUserMode requestedAction spareA3 sleepStartedByGui activeSleepSchedule:b spareB6 exerciseStoppedByTimer exerciseChoice exerciseTime eatingSoonStoppedByTimer");
    public static readonly EntryLayout ControlModeChange = Add(230, "currentPcm previousPcm pumpSuspended calculationAvailable cgmAvailable closedLoopPreferred sufficientClosedLoopParams");
    public static readonly EntryLayout ReadingG6 = Add(256, CgmProperties);
    public static readonly EntryLayout BasalDelivery = Add(279, "commandedRateSource reservedA2 spareA3 commandedRate profileBasalRate algorithmRate tempRate");
    public static readonly EntryLayout BolusDelivery = Add(280, "bolusId bolusDeliveryStatus bolusType:b bolusSource remoteId requestedNow requestedLater correction extendedDurationRequested deliveredTotal");
    public static readonly EntryLayout Versions = Add(307, "armPartNumber:u armSwVersion:u blePartNumber:u bleSwVersion:u");
    public static readonly EntryLayout DailyStatus = Add(313, "pumpControlState usermode sensorType weightUnit weight currentTdIpop");
    public static readonly EntryLayout CgmAlertActivated = Add(369, "dalertId sensorType spareA2 faultLocatorData:u param1:u param2:f");
    public static readonly EntryLayout CgmAlertCleared = Add(370, "dalertId sensorType");
    public static readonly EntryLayout CgmAlertAcknowledged = Add(371, "dalertId sensorType spareA2 ackSource:u");
    public static readonly EntryLayout ReadingLibre2 = Add(372, CgmProperties);
    public static readonly EntryLayout SessionJoinG7 = Add(394, "cgmTimestamp:u sessionSignature:u");
    public static readonly EntryLayout ReadingG7 = Add(399, CgmProperties);
    public static readonly EntryLayout SessionStartLibre2 = Add(404, "sessionStartTime:u sessionDuration");
    public static readonly EntryLayout SessionStopLibre2 = Add(405, "sessionStartTime:u sessionStopTime:u sessionDuration sessionStopReason");
    public static readonly EntryLayout SessionJoinLibre2 = Add(406, "sessionStartTime:u sessionJoinTime:u sessionDuration sessionJoinReason");
    public static readonly EntryLayout SessionStopG7 = Add(447, "currentTransmitterTime:u sessionStartTime:u sessionStopTime:u sessionDuration sessionStopReason stopSessionCode");
    public static readonly EntryLayout CgmAlertActivatedLibre = Add(460, "dalertId sensorType faultLocatorData:u param1:u param2:f");
    public static readonly EntryLayout CgmAlertClearedLibre = Add(461, "dalertId sensorType");
    public static readonly EntryLayout SessionJoinLibre3 = Add(477, "sessionStartTime:u sessionJoinTime:u sessionDuration sessionJoinReason");
    public static readonly EntryLayout SessionJoinLibre3Newer =
        Add(477, "sessionStartTime:u sessionJoinTime:u sessionDuration sessionJoinReason sessionDurationSecs:u");
    public static readonly EntryLayout ReadingLibre3 = Add(480, CgmProperties);
    public static readonly EntryLayout SessionStopLibre3 = Add(486, "sessionStartTime:u sessionStopTime:u sessionDuration sessionStopReason");

    public static readonly EntryLayout DoseStarted = Add(
        558,
        "doseId doseSource tempAdjustmentPercent syncDoseSizeRequested:f currentBasalRate profileBasalRate "
        + "activeInsulin:f");
    public static readonly EntryLayout DoseCompleted = Add(
        559, "doseId doseSource tempAdjustmentPercent syncDoseSizeDelivered:f currentBasalRate activeInsulin:f");
    public static readonly EntryLayout NewAlgorithmStatus1 =
        Add(562, "closedLoopPreferred totalDailyInsulinUnits glycemicGoal priorTherapy " + ScheduleProperties);
    public static readonly EntryLayout NewAlgorithmStatus2 = Add(563, "pumpControlState sensorType");
    public static readonly EntryLayout TempAdjustmentCompleted = Add(564, "stopReason tempRateId timeLeft:u");
    public static readonly EntryLayout TempAdjustmentActivated =
        Add(565, "requestedPercent tempBasalPercent duration:u requestedAdjustmentType tempRateId");
    public static readonly EntryLayout ScheduleChanged = Add(566, ScheduleProperties);

    /// <summary>A code that no catalogue has, as new firmware brings them.</summary>
    public static readonly EntryLayout Unheard = Add(9999, "novelty:u strangeness:f marks:b");

    /// <summary>A known code with a property that no catalogue has.</summary>
    public static readonly EntryLayout AlertActivatedNewer = Add(4, "alertId:u faultLocatorData:u param1:u param2:f notificationChannel");

    /// <summary>A known code with a property missing.</summary>
    public static readonly EntryLayout CannulaFilledOlder = Add(61, "primeSize:f completionStatus:u");

    public static EntryLayout At(byte index) => Known[index];

    private static EntryLayout Add(int code, string properties)
    {
        var layout = new EntryLayout((byte)Known.Count, code, properties);
        Known.Add(layout);
        return layout;
    }
}
