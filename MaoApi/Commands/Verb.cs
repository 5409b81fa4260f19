using System.CommandLine;

namespace MaoApi.Commands;

/// <summary>A command of the command line, or a group of them, with the examples its help shows.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, params IReadOnlyList<string> examples)
        : base(name, description) => Examples = examples;

    /// <summary>What follows the program's name.</summary>
    public IReadOnlyList<string> Examples { get; }
}
