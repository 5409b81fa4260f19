namespace MaoApi.Http;

/// <summary>The shape of every JSON answer.</summary>
/// <param name="Code">0 done, otherwise a row of <see cref="ApiCodes"/>.</param>
/// <param name="Message">For people; never null.</param>
/// <param name="Data">The answer, or <see cref="FailureData"/>.</param>
internal sealed record Envelope<T>(int Code, string Message, T Data);
