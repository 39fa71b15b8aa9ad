namespace TinyQuant.Training.Layers;

/// <summary>
/// Networks from a short text, layers with semicolons between them:
/// <c>conv 16 3x3 bn relu; maxpool 2; dropout 0.2; dense 10</c>.
/// </summary>
/// <remarks>
/// <c>conv CHANNELS HxW</c>, <c>dwconv HxW</c>, <c>dense OUTPUTS</c>, each with <c>bn</c>, <c>relu</c> or <c>relu6</c>
/// behind it;
/// <c>maxpool N</c> and <c>avgpool N</c>, or with <c>HxW</c>; <c>globalpool</c>; <c>dropout P</c>; <c>flatten</c>;
/// <c>save</c> remembers what the last layer gives and <c>add</c> (or <c>add relu</c>) adds it. Windows take <c>stride
/// N</c>, and <c>valid</c> or <c>same</c> (convolutions are <c>same</c> without it; pools move by their size and are
/// <c>valid</c>).
/// </remarks>
public static class NetworkText
{
    /// <summary>What <see cref="Build"/> understands, for messages and help.</summary>
    public const string Grammar =
        "conv CHANNELS HxW, dwconv HxW, dense OUTPUTS, maxpool N, avgpool N, globalpool, dropout P, flatten, save, add";

    /// <summary>Adds the layers of a text to a builder.</summary>
    /// <param name="text">The layers.</param>
    /// <param name="builder">What they are added to.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="FormatException">The text is wrong; the message says where and what was expected.</exception>
    public static NetworkBuilder Build(string text, NetworkBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(builder);
        var saved = new Stack<int>();
        string[] items = text.Split(';');
        int last = items.Length > 1 && string.IsNullOrWhiteSpace(items[^1]) ? items.Length - 1 : items.Length;
        for (int i = 0; i < last; i++)
        {
            var words = new LayerWords(items[i], i + 1);
            try
            {
                Add(words, builder, saved);
            }
            catch (ArgumentException e)
            {
                throw words.Error(e.Message);
            }

            words.RequireEnd();
        }

        return saved.Count == 0
            ? builder
            : throw new FormatException("A 'save' has no 'add' behind it; expected one for each.");
    }

    private static void Add(LayerWords words, NetworkBuilder builder, Stack<int> saved)
    {
        string kind = words.Next("a layer: " + Grammar);
        switch (kind)
        {
            case "conv":
                int channels = words.Integer("the output channels");
                builder.Conv2D(channels, words.Window(isPool: false));
                Follow(words, builder, takesNorm: true);
                break;
            case "dwconv":
                builder.DepthwiseConv2D(words.Window(isPool: false));
                Follow(words, builder, takesNorm: true);
                break;
            case "dense":
                builder.Dense(words.Integer("the outputs"));
                Follow(words, builder, takesNorm: true);
                break;
            case "maxpool":
                builder.MaxPool2D(words.Window(isPool: true));
                break;
            case "avgpool":
                builder.AveragePool2D(words.Window(isPool: true));
                break;
            case "globalpool":
                builder.GlobalAveragePool();
                break;
            case "dropout":
                builder.Dropout(words.Fraction("the probability"));
                break;
            case "flatten":
                builder.Flatten();
                break;
            case "save":
                saved.Push(builder.Current);
                break;
            case "add":
                builder.Add(saved.Count > 0 ? saved.Pop() : throw words.Error("there is no 'save' before it"));
                Follow(words, builder, takesNorm: false);
                break;
            default:
                throw words.Error($"there is no layer '{kind}'; expected one of {Grammar}");
        }
    }

    private static void Follow(LayerWords words, NetworkBuilder builder, bool takesNorm)
    {
        if (takesNorm && words.Take("bn"))
        {
            builder.BatchNorm();
        }

        if (words.Take("relu"))
        {
            builder.Relu();
        }
        else if (words.Take("relu6"))
        {
            builder.Relu(isRelu6: true);
        }
    }
}
