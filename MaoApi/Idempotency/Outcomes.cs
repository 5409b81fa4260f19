using MaoApi.Http;

namespace MaoApi.Idempotency;

/// <summary>What a failure says about whether something was done.</summary>
internal static class Outcomes
{
    private static readonly ApiCode[] Undone =
    [
        ApiCodes.RateLimited, ApiCodes.TooManyInFlight, ApiCodes.PodStopped, ApiCodes.EngineBusy, ApiCodes.EngineNotReady,
        ApiCodes.EngineTimeout, ApiCodes.WireConnect, ApiCodes.WireBusy, ApiCodes.CircuitOpen,
    ];

    private static readonly ApiCode[] Unknown =
    [
        ApiCodes.WireTimeout, ApiCodes.WireBroken, ApiCodes.EngineFault, ApiCodes.TooLate, ApiCodes.Database, ApiCodes.Fault,
    ];

    /// <summary>The request was refused before anything was done: identity, input, or the way was closed.</summary>
    public static bool NothingDone(ApiCode? code) => code is not null && (code.Code is >= 10 and < 15 or >= 30 and < 40 || Undone.Contains(code));

    /// <summary>Nobody knows whether it was done.</summary>
    public static bool IsUnknown(ApiCode? code) => code is not null && Unknown.Contains(code);
}
