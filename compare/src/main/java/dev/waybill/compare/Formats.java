package dev.waybill.compare;

import dev.waybill.compare.clazz.ClassFormat;
import dev.waybill.compare.clazz.ClassRules;
import dev.waybill.compare.codec.CodecRules;
import dev.waybill.compare.codec.GzipFormat;
import dev.waybill.compare.codec.StreamFormat;
import dev.waybill.compare.data.DataRules;
import dev.waybill.compare.data.JsonFormat;
import dev.waybill.compare.data.TextFormat;
import dev.waybill.compare.data.XmlFormat;
import dev.waybill.compare.data.YamlFormat;
import dev.waybill.compare.form.Format;
import dev.waybill.compare.image.ImageFormat;
import dev.waybill.compare.image.ImageRules;
import dev.waybill.compare.image.PackageFormat;
import dev.waybill.compare.jar.JarRules;
import dev.waybill.compare.jar.ManifestFormat;
import dev.waybill.compare.jar.PropertiesFormat;
import dev.waybill.compare.jar.ServicesFormat;
import dev.waybill.compare.jar.SignatureFormat;
import dev.waybill.compare.tar.TarFormat;
import dev.waybill.compare.tar.TarRules;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.walk.WalkRules;
import dev.waybill.compare.zip.ZipFormat;
import dev.waybill.compare.zip.ZipRules;
import java.util.List;
import java.util.stream.Stream;

/** What is known: the formats, in the order in which they are asked, and the catalogue of rules. */
public final class Formats {
    private Formats() {}

    /** Those with magic numbers first. */
    static List<Format> all() {
        return List.of(
                new ZipFormat(),
                new GzipFormat(),
                StreamFormat.xz(),
                StreamFormat.zstd(),
                StreamFormat.bzip2(),
                StreamFormat.lz4(),
                new ClassFormat(),
                new ImageFormat(),
                new TarFormat(),
                new PackageFormat(),
                new ManifestFormat(),
                new ServicesFormat(),
                new SignatureFormat(),
                new PropertiesFormat(),
                new JsonFormat(),
                new XmlFormat(),
                new YamlFormat(),
                new TextFormat());
    }

    /** Every rule by its id, sorted. */
    public static List<Rule> rules() {
        return Stream.of(
                        WalkRules.all(),
                        ZipRules.all(),
                        CodecRules.all(),
                        TarRules.all(),
                        ClassRules.all(),
                        JarRules.all(),
                        DataRules.all(),
                        ImageRules.all())
                .flatMap(List::stream)
                .sorted()
                .toList();
    }
}
