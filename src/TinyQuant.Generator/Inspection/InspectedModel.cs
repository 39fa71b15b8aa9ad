using System.Collections.Immutable;

namespace TinyQuant.Generator.Inspection;

/// <summary>What the generator makes of a model: its cost, operator by operator, and its memory plan.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Rounding">double, single or float-even.</param>
/// <param name="Macs">Multiply-accumulate operations of one run.</param>
/// <param name="WeightBytes">Weights and biases, as the model file holds them.</param>
/// <param name="BakedBytes">All constants of the program.</param>
/// <param name="ArenaBytes">Memory that a run needs besides the caller's input and output.</param>
/// <param name="ArenaLowerBound">The most bytes that are in use at one time: no plan can need less.</param>
/// <param name="StateBytes">Of the arena, state that is kept from run to run.</param>
/// <param name="ScratchBytes">Of the arena, what kernels need besides tensors.</param>
/// <param name="InstanceBytes">What an instance holds: the arena, and what <c>Classify</c> needs besides.</param>
/// <param name="Operators">In the order in which they run.</param>
/// <param name="Buffers">Activations and scratch in the arena.</param>
public sealed record InspectedModel(
    string Name,
    string Rounding,
    long Macs,
    long WeightBytes,
    long BakedBytes,
    int ArenaBytes,
    int ArenaLowerBound,
    int StateBytes,
    int ScratchBytes,
    int InstanceBytes,
    ImmutableArray<InspectedOperator> Operators,
    ImmutableArray<InspectedBuffer> Buffers)
{
    /// <summary>What is strange about the model, such as weights that are not finite.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}

/// <summary>An operator and what it costs.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Kind">Its name, for example FullyConnected.</param>
/// <param name="Inputs">What it reads, name, type and shape each; constants included.</param>
/// <param name="Outputs">What it writes.</param>
/// <param name="Macs">Multiply-accumulate operations.</param>
/// <param name="BakedBytes">Its constants in the program.</param>
/// <param name="LiveBytes">Bytes of the arena in use while it runs.</param>
/// <param name="IsNothing">Whether nothing is left to do: the output is the input's memory.</param>
public sealed record InspectedOperator(
    int Index, string Kind, ImmutableArray<string> Inputs, ImmutableArray<string> Outputs, long Macs, long BakedBytes,
    long LiveBytes, bool IsNothing);

/// <summary>A span of the arena.</summary>
/// <param name="Name">The variable of the generated code.</param>
/// <param name="Holds">The tensor that lies in it, or what scratch is for.</param>
/// <param name="Use">activation, state, scratch or classify.</param>
/// <param name="Offset">Bytes from the arena's start.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="FirstUse">The first operator that uses it; -1 before the first, where the caller's input is
/// quantized.</param>
/// <param name="LastUse">The last operator that uses it.</param>
public sealed record InspectedBuffer(
    string Name, string Holds, string Use, int Offset, int Bytes, int FirstUse, int LastUse);
