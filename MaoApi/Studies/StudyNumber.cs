using System.Text.Json;

namespace MaoApi.Studies;

/// <summary>A number a kind of study may be told.</summary>
/// <param name="Name">Its member of the parameters.</param>
/// <param name="Least">Smallest allowed.</param>
/// <param name="Most">Largest allowed.</param>
/// <param name="Default">Used where it is not told.</param>
/// <param name="IsWhole">Whether it counts something.</param>
internal sealed record StudyNumber(string Name, double Least, double Most, double Default, bool IsWhole = true)
{
    /// <summary>What is wrong with a value, if anything.</summary>
    public string? Problem(JsonElement value)
    {
        var isGood = value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var told)
            && told >= Least && told <= Most && (!IsWhole || told == Math.Floor(told));
        return isGood ? null : $"{Name} is a {(IsWhole ? "whole " : "")}number from {Least} to {Most}";
    }
}
