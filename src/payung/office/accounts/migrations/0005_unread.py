from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_second_administrator"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="unread",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
