using System.Globalization;
using System.Text;
using TinyQuant.Model;

namespace TinyQuant.Export;

/// <summary>The functions of a library with a model.</summary>
internal static class CHeaderFunctions
{
    public static void Write(StringBuilder text, string prefix, Graph graph, bool takesPixels, bool classifies)
    {
        string parameters = string.Join(", ", [
            .. graph.Inputs.Select((tensor, i) => Parameter("input", i, graph.Inputs.Length, tensor, isInput: true)),
            .. graph.Outputs.Select((tensor, i) =>
                Parameter("output", i, graph.Outputs.Length, tensor, isInput: false)),
        ]);
        text.Append(CultureInfo.InvariantCulture, $"""
            /* Runs the model. Lengths are in elements. Inputs and outputs must not share memory.
             * Returns TINYQUANT_OK, or an error, and then writes nothing. */
            int32_t {prefix}_run({parameters});


            """);
        if (classifies)
        {
            WriteClassify(text, prefix, graph, takesPixels);
        }

        text.Append(CultureInfo.InvariantCulture, $"""
            /* The version of TinyQuant that the library was built with, such as "0.1.0". It is not to be freed. */
            const char *{prefix}_version(void);

            /* The bytes that the library has allocated for the calling thread so far. Calls of the functions above add none;
             * the first call of a thread may. */
            int64_t {prefix}_allocated_bytes(void);


            """);
    }

    private static void WriteClassify(StringBuilder text, string prefix, Graph graph, bool takesPixels)
    {
        string input = Parameter("input", 0, 1, graph.Inputs[0], isInput: true);
        text.Append(CultureInfo.InvariantCulture, $"""
            /* The index of the largest score, the first of equals; or an error, which is negative. */
            int32_t {prefix}_classify({input});


            """);
        if (takesPixels)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                /* The same of pixels from 0 to 255: each is its code and 128 more. */
                int32_t {prefix}_classify_pixels(const uint8_t *pixels, size_t pixels_length);


                """);
        }
    }

    private static string Parameter(string kind, int index, int count, Tensor tensor, bool isInput)
    {
        string name = CHeaderTensors.Name(kind, index, count);
        return $"{(isInput ? "const " : "")}{CText.Type(tensor.Type)} *{name}, size_t {name}_length";
    }
}
