namespace MaoApi.Studies;

/// <summary>What is wrong with the plan of a study.</summary>
/// <param name="Field">Member of the request, such as <c>tickers[1]</c> or <c>parameters.period</c>.</param>
/// <param name="Message">For people.</param>
internal sealed record StudyProblem(string Field, string Message);
