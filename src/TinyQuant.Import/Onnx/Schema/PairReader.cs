using TinyQuant.Import.Protobuf;

namespace TinyQuant.Import.Onnx.Schema;

/// <summary>Reads a key and its value.</summary>
internal static class PairReader
{
    public static (string Key, string Value) Read(ProtoReader reader, ReadContext context)
    {
        string key = "", value = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: key = context.Name(ref reader); break;
                case 2: value = context.Text(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return (key, value);
    }
}
