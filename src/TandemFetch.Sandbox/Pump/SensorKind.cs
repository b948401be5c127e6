namespace TandemFetch.Sandbox.Pump;

/// <summary>The glucose sensor that the pump reads.</summary>
public enum SensorKind
{
    /// <summary>Dexcom G7, code 399.</summary>
    DexcomG7,

    /// <summary>Dexcom G6, code 256.</summary>
    DexcomG6,

    /// <summary>FreeStyle Libre 2, code 372.</summary>
    Libre2,

    /// <summary>FreeStyle Libre 3, code 480.</summary>
    Libre3,
}
