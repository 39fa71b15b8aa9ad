using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TinyQuant.Model;

namespace TinyQuant.Export;

/// <summary>The C header of a model that is compiled into a shared library, as <c>samples/CLibrary</c> is.</summary>
/// <remarks>
/// C99 and C++. Everything in it follows from the model; what the functions do, the library's code must do.
/// </remarks>
public static partial class CHeader
{
    private const float PixelScale = 1f / 255;

    /// <summary>The prefix where none is said: <c>tinyquant_</c> and the model's name, as far as C allows it.</summary>
    public static string DefaultPrefix(Graph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return "tinyquant_" + NoIdentifier().Replace(graph.Name.ToLowerInvariant(), "_");
    }

    /// <summary>The text of the header.</summary>
    /// <param name="graph">A valid graph without state.</param>
    /// <param name="prefix">What each name begins with: a lower-case C identifier.</param>
    /// <param name="arenaBytes">The bytes of working memory that a call takes from the stack.</param>
    /// <exception cref="ArgumentException">The prefix is no such identifier, or the model is none that a header can
    /// describe.</exception>
    public static string Write(Graph graph, string prefix, int arenaBytes)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(prefix);
        Check(graph, prefix);
        string macro = prefix.ToUpperInvariant();
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            /* The model {CText.Comment(graph.Name)} in a shared library. Written by 'tinyquant header'; do not edit.
             *
             * Every function may be called from any thread at any time: it works on the caller's buffers and on the stack, of
             * which it takes {macro}_ARENA_BYTES and a little more, and allocates nothing. */
            #ifndef {macro}_H
            #define {macro}_H

            #include <stddef.h>
            #include <stdint.h>

            #ifdef __cplusplus
            extern "C" {"{"}
            #endif

            #ifndef TINYQUANT_OK
            #define TINYQUANT_OK 0
            #define TINYQUANT_ERROR_NULL (-1)     /* a pointer is null */
            #define TINYQUANT_ERROR_LENGTH (-2)   /* a length is not the model's */
            #define TINYQUANT_ERROR_OVERLAP (-3)  /* an input and an output share memory */
            #define TINYQUANT_ERROR_INTERNAL (-4) /* a defect of the library */
            #endif

            #define {macro}_MODEL {CText.Literal(graph.Name)}
            #define {macro}_MACS {graph.Macs}
            #define {macro}_ARENA_BYTES {arenaBytes}


            """);
        CHeaderTensors.Write(text, macro, graph);
        CHeaderFunctions.Write(text, prefix, graph, TakesPixels(graph), Classifies(graph));
        text.Append(CultureInfo.InvariantCulture, $"""
            #ifdef __cplusplus
            {"}"}
            #endif

            #endif /* {macro}_H */

            """);
        return text.ToString();
    }

    private static void Check(Graph graph, string prefix)
    {
        if (!Identifier().IsMatch(prefix))
        {
            throw new ArgumentException(
                $"'{prefix}' is no prefix of names in C; expected lower-case letters, digits and '_', and no "
                    + "digit first");
        }

        if ((graph.Tensors.FirstOrDefault(t => t.IsVariable) ?? graph.States.FirstOrDefault()) is { } state)
        {
            throw new ArgumentException(
                $"the model has state, '{state.Name}', and the functions of the header keep none; expected a "
                    + "model without state");
        }

        ImmutableArray<Tensor> ends = [.. graph.Inputs, .. graph.Outputs];
        if (ends.FirstOrDefault(t => CText.Type(t.Type) is null) is { } other)
        {
            throw new ArgumentException(
                $"'{other}' has no type in C; expected {TensorTypes.Join(TensorTypes.Computing)}");
        }
    }

    /// <summary>One input, and one vector of int8 or float32 scores.</summary>
    private static bool Classifies(Graph graph) =>
        graph.Inputs.Length == 1
            && graph.Outputs is [
            {
                Type: TensorType.Int8 or TensorType.UInt8
                or TensorType.Float32, Shape: [.., int classes]
            } output] && classes == output.ElementCount;

    /// <summary>real = byte / 255 or real = byte, both with code = byte - 128.</summary>
    private static bool TakesPixels(Graph graph) =>
        graph.Inputs is [
            {
                Type: TensorType.Int8, Quantization:
                {
                    ZeroPoint: sbyte.MinValue, Scale: PixelScale
            or 1f
                }
            }];

    [GeneratedRegex("[^a-z0-9_]")]
    private static partial Regex NoIdentifier();

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]*\z")]
    private static partial Regex Identifier();
}
